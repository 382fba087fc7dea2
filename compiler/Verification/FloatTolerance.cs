// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Verification;

/// <summary>
/// Float networks with exp, tanh, log, sin or cos: the reference takes them from the C library of the machine that recorded, whose
/// last bits are its own. Only these may differ from the recorded outputs, by what TensorFlow Lite's own tests allow, of values
/// above 1 as a share; all others, sums and products of floats included, must be equal.
/// </summary>
internal static class FloatTolerance
{
    public const float Most = 1e-5f;

    private static readonly string[] Kernels = ["logistic_f32", "tanh_f32", "softmax_f32", "log_softmax_f32", "lstm_f32"];

    private static readonly int[] Functions = [(int)RealFunction.Exp, (int)RealFunction.Log, (int)RealFunction.Sin, (int)RealFunction.Cos, (int)RealFunction.Elu];

    /// <summary>The largest difference of a float, or null when the outputs differ by more than is allowed.</summary>
    public static float? Error(CompiledModel model, ReadOnlySpan<byte> expected, ReadOnlySpan<byte> got)
    {
        if (expected.Length != got.Length || !model.Schedule.Steps.Any(step => TakesFromLibrary(step.Call)))
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

    private static bool TakesFromLibrary(KernelCall call) => Kernels.Contains(call.Kernel)
        || (call.Kernel == "unary_f32" && call.Parameters.Any(field => field.Name == "operation" && Functions.Contains((int)field.Content)));

    private static float Largest(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> got)
    {
        var wanted = MemoryMarshal.Cast<byte, float>(expected);
        var given = MemoryMarshal.Cast<byte, float>(got);
        var largest = 0f;
        for (var i = 0; i < wanted.Length; i++)
        {
            largest = Math.Max(largest, wanted[i].Equals(given[i]) ? 0 : Math.Abs(wanted[i] - given[i]) / Math.Max(1, Math.Abs(wanted[i])));
        }

        return largest;
    }
}
