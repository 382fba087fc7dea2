// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Verification;

/// <summary>
/// Float networks with exp or tanh: the reference takes them from the C library of the machine that recorded, whose last bits
/// are its own. Only these may differ from the recorded outputs, by what TensorFlow Lite's own tests allow; all others, sums and
/// products of floats included, must be equal.
/// </summary>
internal static class FloatTolerance
{
    public const float Most = 1e-5f;

    private static readonly string[] Kernels = ["logistic_f32", "tanh_f32", "softmax_f32", "log_softmax_f32"];

    /// <summary>The largest difference of a float, or null when the outputs differ by more than is allowed.</summary>
    public static float? Error(CompiledModel model, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> got)
    {
        if (expected.Length != got.Length || !model.Schedule.Steps.Any(step => Kernels.Contains(step.Call.Kernel)))
        {
            return null;
        }

        var error = 0f;
        for (var at = 0; at < expected.Length;)
        {
            foreach (var output in model.Schedule.Graph.Outputs)
            {
                var wanted = expected.Slice(at, output.ByteSize);
                var given = got.Slice(at, output.ByteSize);
                error = Math.Max(error, output.Type == ElementType.F32 ? Largest(wanted, given) : wanted.SequenceEqual(given) ? 0 : float.NaN);
                at += output.ByteSize;
            }
        }

        return error <= Most ? error : null;
    }

    private static float Largest(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> got)
    {
        var wanted = MemoryMarshal.Cast<byte, float>(expected);
        var given = MemoryMarshal.Cast<byte, float>(got);
        var largest = 0f;
        for (var i = 0; i < wanted.Length; i++)
        {
            largest = Math.Max(largest, wanted[i].Equals(given[i]) ? 0 : Math.Abs(wanted[i] - given[i]));
        }

        return largest;
    }
}
