// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>A fused activation.</summary>
internal enum Activation
{
    None,
    Relu,
    ReluN1To1,
    Relu6,
}

internal static class Activations
{
    /// <summary>How printed forms name it: nothing for none.</summary>
    public static string Text(this Activation activation) => activation == Activation.None ? "" : activation.ToString().ToLowerInvariant();

    /// <summary>The range that a fused activation leaves of float32, TFLite's: none is all finite numbers.</summary>
    public static (float Min, float Max) RealBounds(this Activation activation) => activation switch
    {
        Activation.None => (float.MinValue, float.MaxValue),
        Activation.Relu => (0, float.MaxValue),
        Activation.ReluN1To1 => (-1, 1),
        Activation.Relu6 => (0, 6),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
    };

    /// <summary>
    /// The stored range that a fused activation leaves, as TFLite's CalculateActivationRangeQuantized: real bounds are
    /// zero_point + round(bound / scale), ties away from zero, cut to the range of the type.
    /// </summary>
    public static (int Min, int Max) Bounds(this Activation activation, Value output)
    {
        var (low, high) = output.Type.Range();
        var quantization = output.Quantization!;

        int Stored(float real) => quantization.ZeroPoint + (int)Math.Clamp(
            MathF.Round(real / quantization.Scale, MidpointRounding.AwayFromZero), int.MinValue / 2, int.MaxValue / 2);

        return activation switch
        {
            Activation.None => (low, high),
            Activation.Relu => (Math.Max(low, Stored(0)), high),
            Activation.ReluN1To1 => (Math.Max(low, Stored(-1)), Math.Min(high, Stored(1))),
            Activation.Relu6 => (Math.Max(low, Stored(0)), Math.Min(high, Stored(6))),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, null),
        };
    }
}
