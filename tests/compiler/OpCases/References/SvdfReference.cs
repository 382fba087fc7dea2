// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
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
        var (time, bias, state) = (call.Inputs[2]!, call.Inputs[3], call.Inputs[4]!);
        var (filters, memory, rank) = (call.Inputs[1]!.Shape[0], time.Shape[1], ((SvdfOptions)call.Options).Rank);
        double toOutput = state.Tensor.Scale * time.Tensor.Scale / call.Output.Scale;
        var output = new long[call.Output.Count];

        for (var at = 0; at < output.Length; at++)
        {
            var (batch, unit) = (at / (filters / rank), at % (filters / rank));
            var sum = bias?.Values[unit] ?? 0;
            for (var filter = unit * rank; filter < (unit + 1) * rank; filter++)
            {
                var row = Row(call, batch, filter);
                for (var j = 0; j < memory; j++)
                {
                    sum += time.At(filter, j) * (row[j] - state.Tensor.ZeroPoint);
                }
            }

            output[at] = call.Activate(Fixed.Scaled((int)sum, toOutput), ActivationFunction.NONE);
        }

        return [output];
    }

    /// <summary>The state afterwards.</summary>
    public static byte[] Next(ReferenceCall call)
    {
        var (tensor, filters) = (call.Inputs[4]!.Tensor, call.Inputs[1]!.Shape[0]);
        var rows = Enumerable.Range(0, tensor.Shape[0] * filters).Select(at => (Batch: at / filters, Filter: at % filters));
        return tensor.Type == TensorType.FLOAT32
            ? MemoryMarshal.AsBytes(rows.SelectMany(row => RowOfFloats(call, row.Batch, row.Filter)).ToArray().AsSpan()).ToArray()
            : tensor.Encode(rows.SelectMany(row => Row(call, row.Batch, row.Filter)));
    }

    // The products of a filter over time, the present one last.
    private static long[] Row(ReferenceCall call, int batch, int filter)
    {
        var (x, features, memory, state) = (call.Input, call.Inputs[1]!, call.Inputs[2]!.Shape[1], call.Inputs[4]!);
        double toState = x.Tensor.Scale * features.Tensor.Scale / state.Tensor.Scale;
        var (lowest, highest) = state.Tensor.Range;
        var product = 0L;
        for (var i = 0; i < features.Shape[1]; i++)
        {
            product += features.At(filter, i) * (x.At(batch, i) - x.Tensor.ZeroPoint);
        }

        var stored = Wrapped(Math.Clamp(Fixed.Scaled(product, toState), lowest, highest) + state.Tensor.ZeroPoint, highest - lowest + 1, lowest);
        return [.. state.Values.AsSpan(((batch * features.Shape[0]) + filter) * memory, memory)[1..], stored];
    }

    private static float[] RowOfFloats(ReferenceCall call, int batch, int filter)
    {
        var (x, features, memory) = (new FloatReference.Floats(call.Input), new FloatReference.Floats(call.Inputs[1]!), call.Inputs[2]!.Shape[1]);
        var product = Enumerable.Range(0, features.Shape[1]).Aggregate(0f, (sum, i) => sum + (features[filter, i] * x[batch, i]));
        return [.. call.Inputs[4]!.Floats.AsSpan(((batch * features.Shape[0]) + filter) * memory, memory)[1..], product];
    }

    /// <summary>The same in float, each sum in order from zero, the filters of a unit added to its bias.</summary>
    public static IEnumerable<float> OfFloats(ReferenceCall call)
    {
        var (time, bias) = (new FloatReference.Floats(call.Inputs[2]!), call.Inputs[3]);
        var (options, filters) = ((SvdfOptions)call.Options, call.Inputs[1]!.Shape[0]);
        foreach (var at in Enumerable.Range(0, call.Output.Count))
        {
            var (batch, unit) = (at / (filters / options.Rank), at % (filters / options.Rank));
            var output = bias?.Floats[unit] ?? 0;
            for (var filter = unit * options.Rank; filter < (unit + 1) * options.Rank; filter++)
            {
                output += RowOfFloats(call, batch, filter).Index().Aggregate(0f, (sum, item) => sum + (time[filter, item.Index] * item.Item));
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
