// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// SVDF by TFLite Micro's definition: the state holds the last products of every feature filter, oldest first, and the time
/// filters run over it. Element by element, on a state of [batch, filter, time].
/// </summary>
internal static class SvdfReference
{
    public static long[][] Compute(ReferenceCall call)
    {
        var (x, features, time, bias, state) = (call.Input, call.Inputs[1]!, call.Inputs[2]!, call.Inputs[3], call.Inputs[4]!);
        var (filters, memory, rank) = (features.Shape[0], time.Shape[1], ((SvdfOptions)call.Options).Rank);
        double toState = x.Tensor.Scale * features.Tensor.Scale / state.Tensor.Scale;
        double toOutput = state.Tensor.Scale * time.Tensor.Scale / call.Output.Scale;
        var (lowest, highest) = state.Tensor.Range;
        var output = new long[call.Output.Count];

        for (var at = 0; at < output.Length; at++)
        {
            var (batch, unit) = (at / (filters / rank), at % (filters / rank));
            var sum = bias?.Values[unit] ?? 0;
            for (var filter = unit * rank; filter < (unit + 1) * rank; filter++)
            {
                var product = 0L;
                for (var i = 0; i < features.Shape[1]; i++)
                {
                    product += features.At(filter, i) * (x.At(batch, i) - x.Tensor.ZeroPoint);
                }

                var stored = Wrapped(Math.Clamp(Fixed.Scaled(product, toState), lowest, highest) + state.Tensor.ZeroPoint, highest - lowest + 1, lowest);
                var row = state.Values.AsSpan(((batch * filters) + filter) * memory, memory)[1..].ToArray().Append(stored).ToArray();
                for (var j = 0; j < memory; j++)
                {
                    sum += time.At(filter, j) * (row[j] - state.Tensor.ZeroPoint);
                }
            }

            output[at] = call.Activate(Fixed.Scaled((int)sum, toOutput), ActivationFunction.NONE);
        }

        return [output];
    }

    // Into lowest .. lowest + count - 1, as conversion to the state's type does.
    private static long Wrapped(long value, long count, long lowest) => ((((value - lowest) % count) + count) % count) + lowest;
}
