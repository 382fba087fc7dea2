// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// BATCH_MATMUL: rows of a times columns of b, leading dimensions broadcast. The product of the two scales is rounded to float
/// before it is divided by the output's.
/// </summary>
internal static class BatchMatMulReference
{
    public static long[][] Compute(ReferenceCall call)
    {
        var (a, b) = (call.Input, call.Inputs[1]!);
        var real = (double)(a.Tensor.Scale * b.Tensor.Scale) / call.Output.Scale;

        return
        [
            Elements.Make(call.Output.Shape, at =>
            {
                var sum = Terms(call, at).Aggregate(BigInteger.Zero, (total, term) =>
                    total + ((a.Values[term.A] - a.Tensor.ZeroPoint) * (b.Values[term.B] - b.Tensor.ZeroPoint)));
                return call.Activate(
                    call.Output.Type == TensorType.INT16 ? Fixed.ScaledWide(sum, real) : Fixed.Scaled((long)sum, real), ActivationFunction.NONE);
            }),
        ];
    }

    public static IEnumerable<float> InFloat(ReferenceCall call)
    {
        var (a, b) = (call.Input.Floats, call.Inputs[1]!.Floats);
        return Elements.Indices(call.Output.Shape).Select(at => Terms(call, at).Aggregate(0f, (total, term) => total + (a[term.A] * b[term.B])));
    }

    private static IEnumerable<(int A, int B)> Terms(ReferenceCall call, int[] at)
    {
        var options = (BatchMatMulOptions)call.Options;
        var (row, column) = (at[^2], at[^1]);
        var depth = call.Input.Shape[options.AdjointX ? ^2 : ^1];

        return Enumerable.Range(0, depth).Select(k => (
            Flat(call.Input.Shape, at, options.AdjointX ? (k, row) : (row, k)),
            Flat(call.Inputs[1]!.Shape, at, options.AdjointY ? (column, k) : (k, column))));
    }

    private static int Flat(int[] shape, int[] at, (int Row, int Column) inner)
    {
        var flat = 0;
        for (var axis = 0; axis < shape.Length - 2; axis++)
        {
            flat = (flat * shape[axis]) + (shape[axis] == 1 ? 0 : at[at.Length - shape.Length + axis]);
        }

        return (((flat * shape[^2]) + inner.Row) * shape[^1]) + inner.Column;
    }
}
