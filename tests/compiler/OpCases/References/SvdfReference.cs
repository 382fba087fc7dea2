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

    /// <summary>The same in float, each sum in order from zero, the filters of a unit added to its bias.</summary>
    public static IEnumerable<float> OfFloats(ReferenceCall call)
    {
        var (x, features, time, bias, state) = (new FloatReference.Floats(call.Input), new FloatReference.Floats(call.Inputs[1]!), new FloatReference.Floats(call.Inputs[2]!), call.Inputs[3], call.Inputs[4]!);
        var (options, filters, memory) = ((SvdfOptions)call.Options, features.Shape[0], time.Shape[1]);
        foreach (var at in Enumerable.Range(0, call.Output.Count))
        {
            var (batch, unit) = (at / (filters / options.Rank), at % (filters / options.Rank));
            var output = bias?.Floats[unit] ?? 0;
            for (var filter = unit * options.Rank; filter < (unit + 1) * options.Rank; filter++)
            {
                var product = Enumerable.Range(0, features.Shape[1]).Aggregate(0f, (sum, i) => sum + (features[filter, i] * x[batch, i]));
                var row = state.Floats.AsSpan(((batch * filters) + filter) * memory, memory)[1..].ToArray().Append(product).ToArray();
                output += row.Index().Aggregate(0f, (sum, item) => sum + (time[filter, item.Index] * item.Item));
            }

            yield return options.Activation switch
            {
                ActivationFunction.RELU => Math.Max(output, 0),
                ActivationFunction.RELU6 => Math.Clamp(output, 0, 6),
                ActivationFunction.RELU_N1_TO_1 => Math.Clamp(output, -1, 1),
                _ => output,
            };
        }
    }

    // Into lowest .. lowest + count - 1, as conversion to the state's type does.
    private static long Wrapped(long value, long count, long lowest) => ((((value - lowest) % count) + count) % count) + lowest;
}
