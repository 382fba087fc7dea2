// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// ADD_N, CUMSUM and L2_NORMALIZATION. Quantized sums are of numbers in units of twice the scale / 2^20; the first term is a stored
/// 0, as TensorFlow Lite Micro has it.
/// </summary>
internal static class SumReferences
{
    public static long[][] AddN(ReferenceCall call) =>
        [[.. Enumerable.Range(0, call.Output.Count).Select(i => Finished(call, call.Inputs.Select(input => input!.Values[i])))]];

    public static IEnumerable<float> AddNInFloat(ReferenceCall call) =>
        Enumerable.Range(0, call.Output.Count).Select(i => call.Inputs.Aggregate(0f, (sum, input) => sum + input!.Floats[i]));

    public static long[][] Cumsum(ReferenceCall call)
    {
        var input = Elements.Of(call.Input);
        return [Elements.Make(call.Output.Shape, at => Finished(call, Before(call, at).Select(place => (long)(sbyte)input[place])))];
    }

    public static IEnumerable<float> CumsumInFloat(ReferenceCall call)
    {
        var input = Elements.Of(call.Input);
        return Elements.Indices(call.Output.Shape).Select(at => Before(call, at).Aggregate(0f, (sum, place) => sum + BitConverter.Int32BitsToSingle((int)input[place])));
    }

    public static long[][] L2Normalization(ReferenceCall call)
    {
        var depth = call.Input.Shape[^1];
        return [[.. call.Input.Values.Select(value => value - call.Input.Tensor.ZeroPoint).Chunk(depth).SelectMany(row =>
        {
            var (multiplier, shift) = UnaryReference.InverseRoot(row.Sum(x => x * x));
            return row.Select(x => Math.Clamp(Fixed.Scaled(x, multiplier, shift + 7), -128, 127));
        })]];
    }

    public static IEnumerable<float> L2NormalizationInFloat(ReferenceCall call) => call.Input.Floats.Chunk(call.Input.Shape[^1]).SelectMany(row =>
    {
        var length = Math.Max(MathF.Sqrt(row.Aggregate(0f, (sum, x) => sum + (x * x))), 1e-6f);
        return row.Select(x => x / length);
    });

    /// <summary>The places that an element of CUMSUM adds, in order.</summary>
    private static IEnumerable<int[]> Before(ReferenceCall call, int[] at)
    {
        var options = (CumsumOptions)call.Options;
        var axis = Elements.Axis(call.Inputs[1]!.Values[0], at.Length);
        var places = Enumerable.Range(0, call.Input.Shape[axis]).Where(place => options.Reverse ? place >= at[axis] : place <= at[axis]);
        return (options.Reverse ? places.Reverse() : places)
            .Where(place => !options.Exclusive || place != at[axis])
            .Select(place => at.Select((index, d) => d == axis ? place : index).ToArray());
    }

    private static long Finished(ReferenceCall call, IEnumerable<long> terms)
    {
        var (input, output) = (call.Input.Tensor, call.Output);
        var twice = 2.0 * input.Scale;
        var sum = terms.Prepend(0).Sum(term => Fixed.Scaled((term - input.ZeroPoint) << 20, input.Scale / twice));
        return call.Activate(Fixed.Scaled(unchecked((int)sum), twice / ((1 << 20) * (double)output.Scale)), ActivationFunction.NONE);
    }
}
