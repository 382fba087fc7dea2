// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// The input of LOGISTIC and TANH as a Q4.27 real number. Inputs whose real number is about 15 or more, either way, give the
/// function's limit: the lowest or highest int8.
/// </summary>
internal sealed record InputQ4(int ZeroPoint, Requantization Scale, int Radius)
{
    private const int IntegerBits = 4;

    public static InputQ4 Of(Value input)
    {
        var quantization = input.Quantization!;
        var scale = Math.ScaleB((double)quantization.Scale, 31 - IntegerBits);

        // By the scale's power of two alone; with a scale of 8 or more nothing but limits is left.
        var radius = Math.Floor(Math.ScaleB((1 << IntegerBits) - 1, 31 - IntegerBits - (Math.ILogB(scale) + 1)));
        return new InputQ4(quantization.ZeroPoint, Requantization.Of(scale), (int)Math.Min(radius, int.MaxValue));
    }

    /// <param name="inside">The stored output for a Q4.27.</param>
    public Func<int, int> Function(Func<int, int> inside) => stored =>
    {
        var value = stored - ZeroPoint;
        return value <= -Radius ? sbyte.MinValue : value >= Radius ? sbyte.MaxValue : inside(Scale.Apply(value));
    };
}
