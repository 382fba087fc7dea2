// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// Ops of float32 as TensorFlow Lite Micro's reference kernels compute them: every operation rounded to float, sums in the order
/// of their loops, exp and tanh the floats nearest the true values. Elements of the result are the bits of floats.
/// </summary>
internal static class FloatReference
{
    public static IReadOnlyDictionary<BuiltinOperator, Func<ReferenceCall, IEnumerable<float>>> All { get; } = new Dictionary<BuiltinOperator, Func<ReferenceCall, IEnumerable<float>>>
    {
        [BuiltinOperator.ADD] = call => Pairs(call, ((AddOptions)call.Options).Activation, (a, b) => a + b),
        [BuiltinOperator.AVERAGE_POOL_2D] = call => Pool(call, taps => taps.Aggregate(0f, (sum, tap) => sum + tap) / taps.Count),
        [BuiltinOperator.BIDIRECTIONAL_SEQUENCE_LSTM] = FloatLstmReference.Compute,
        [BuiltinOperator.CONV_2D] = Conv2D,
        [BuiltinOperator.DEPTHWISE_CONV_2D] = Depthwise,
        [BuiltinOperator.FULLY_CONNECTED] = FullyConnected,
        [BuiltinOperator.L2_POOL_2D] = call => Pool(call, taps => MathF.Sqrt(taps.Aggregate(0f, (sum, tap) => sum + (tap * tap)) / taps.Count)),
        [BuiltinOperator.LEAKY_RELU] = call => call.Input.Floats.Select(x => x > 0 ? x : x * ((LeakyReluOptions)call.Options).Alpha),
        [BuiltinOperator.LOGISTIC] = call => call.Input.Floats.Select(Logistic),
        [BuiltinOperator.MAX_POOL_2D] = call => Pool(call, taps => taps.Max()),
        [BuiltinOperator.MUL] = call => Pairs(call, ((MulOptions)call.Options).Activation, (a, b) => a * b),
        [BuiltinOperator.RELU] = call => call.Input.Floats.Select(x => x < 0 ? 0 : x),
        [BuiltinOperator.RELU6] = call => call.Input.Floats.Select(x => x < 0 ? 0 : x > 6 ? 6 : x),
        [BuiltinOperator.RELU_N1_TO_1] = call => call.Input.Floats.Select(x => x < -1 ? -1 : x > 1 ? 1 : x),
        [BuiltinOperator.SOFTMAX] = Softmax,
        [BuiltinOperator.SUB] = call => Pairs(call, ((SubOptions)call.Options).Activation, (a, b) => a - b),
        [BuiltinOperator.SVDF] = SvdfReference.OfFloats,
        [BuiltinOperator.TANH] = call => call.Input.Floats.Select(x => (float)Math.Tanh(x)),
        [BuiltinOperator.TRANSPOSE_CONV] = TransposeConv,
        [BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM] = FloatLstmReference.Compute,
    };

    private static IEnumerable<float> Conv2D(ReferenceCall call)
    {
        var options = (Conv2DOptions)call.Options;
        var (input, weights) = (new Floats(call.Input), new Floats(call.Inputs[1]!));
        var window = new ReferenceWindow(options.Padding, (options.StrideH, options.StrideW), (options.DilationH, options.DilationW), (weights.Shape[1], weights.Shape[2]));
        var (depth, groups) = (weights.Shape[3], input.Shape[3] / weights.Shape[3]);

        return Elements.Indices(call.Output.Shape).Select(at =>
        {
            var sum = 0f;
            foreach (var (ky, kx, y, x) in window.Taps(input.Shape, call.Output.Shape, at[1], at[2]))
            {
                for (var i = 0; i < depth; i++)
                {
                    sum += input[at[0], y, x, (at[3] / (weights.Shape[0] / groups) * depth) + i] * weights[at[3], ky, kx, i];
                }
            }

            return Finish(call, 2, at[3], sum, options.Activation);
        });
    }

    private static IEnumerable<float> Depthwise(ReferenceCall call)
    {
        var options = (DepthwiseConv2DOptions)call.Options;
        var (input, weights) = (new Floats(call.Input), new Floats(call.Inputs[1]!));
        var window = new ReferenceWindow(options.Padding, (options.StrideH, options.StrideW), (options.DilationH, options.DilationW), (weights.Shape[1], weights.Shape[2]));

        return Elements.Indices(call.Output.Shape).Select(at =>
        {
            var sum = 0f;
            foreach (var (ky, kx, y, x) in window.Taps(input.Shape, call.Output.Shape, at[1], at[2]))
            {
                sum += input[at[0], y, x, at[3] / (weights.Shape[3] / input.Shape[3])] * weights[0, ky, kx, at[3]];
            }

            return Finish(call, 2, at[3], sum, options.Activation);
        });
    }

    private static IEnumerable<float> TransposeConv(ReferenceCall call)
    {
        var options = (TransposeConvOptions)call.Options;
        var (weights, input) = (new Floats(call.Inputs[1]!), new Floats(call.Inputs[2]!));
        var window = new ReferenceWindow(options.Padding, (options.StrideH, options.StrideW), (1, 1), (weights.Shape[1], weights.Shape[2]));
        var sums = new Dictionary<(int, int, int, int), float>();

        foreach (var at in Elements.Indices(input.Shape))
        {
            foreach (var (ky, kx, y, x) in window.Taps(call.Output.Shape, input.Shape, at[1], at[2]))
            {
                for (var o = 0; o < call.Output.Shape[3]; o++)
                {
                    sums[(at[0], y, x, o)] = sums.GetValueOrDefault((at[0], y, x, o)) + (input[at] * weights[o, ky, kx, at[3]]);
                }
            }
        }

        return Elements.Indices(call.Output.Shape).Select(at =>
            Finish(call, 3, at[3], sums.GetValueOrDefault((at[0], at[1], at[2], at[3])), options.Activation));
    }

    private static IEnumerable<float> FullyConnected(ReferenceCall call)
    {
        var (input, weights) = (call.Input.Floats, call.Inputs[1]!.Floats);
        var (outSize, inSize) = (call.Inputs[1]!.Shape[^2], call.Inputs[1]!.Shape[^1]);

        return Enumerable.Range(0, call.Output.Count).Select(at =>
        {
            var (b, o) = (at / outSize, at % outSize);
            var sum = Enumerable.Range(0, inSize).Aggregate(0f, (total, i) => total + (input[(b * inSize) + i] * weights[(o * inSize) + i]));
            return Finish(call, 2, o, sum, ((FullyConnectedOptions)call.Options).Activation);
        });
    }

    private static IEnumerable<float> Pool(ReferenceCall call, Func<List<float>, float> pool)
    {
        var options = (Pool2DOptions)call.Options;
        var input = new Floats(call.Input);
        var window = new ReferenceWindow(options.Padding, (options.StrideH, options.StrideW), (1, 1), (options.FilterHeight, options.FilterWidth));

        return Elements.Indices(call.Output.Shape).Select(at => Cut(
            pool([.. window.Taps(input.Shape, call.Output.Shape, at[1], at[2]).Select(tap => input[at[0], tap.InY, tap.InX, at[3]])]), options.Activation));
    }

    private static IEnumerable<float> Softmax(ReferenceCall call)
    {
        var beta = ((SoftmaxOptions)call.Options).Beta;
        return call.Input.Floats.Chunk(call.Input.Shape[^1]).SelectMany(row =>
        {
            var exps = row.Select(x => (float)Math.Exp((x - row.Max()) * beta)).ToArray();
            var sum = exps.Aggregate(0f, (total, exp) => total + exp);
            return exps.Select(exp => exp / sum);
        });
    }

    private static IEnumerable<float> Pairs(ReferenceCall call, ActivationFunction activation, Func<float, float, float> function)
    {
        var (a, b) = (new Floats(call.Input), new Floats(call.Inputs[1]!));
        return Elements.Indices(call.Output.Shape).Select(at => Cut(function(a.Broadcast(at), b.Broadcast(at)), activation));
    }

    public static float Logistic(float x) => x > 16.619047164916992188f ? 1 : x < -9 ? (float)Math.Exp(x) : 1 / (1 + (float)Math.Exp(-x));

    private static float Finish(ReferenceCall call, int bias, int channel, float sum, ActivationFunction activation) =>
        Cut(sum + (call.Optional(bias)?.Floats[channel] ?? 0), activation);

    private static float Cut(float value, ActivationFunction activation) => activation switch
    {
        ActivationFunction.RELU => Math.Max(value, 0),
        ActivationFunction.RELU6 => Math.Clamp(value, 0, 6),
        ActivationFunction.RELU_N1_TO_1 => Math.Clamp(value, -1, 1),
        _ => value,
    };

    internal sealed class Floats(ReferenceTensor tensor)
    {
        private readonly float[] _items = tensor.Floats;

        public int[] Shape => tensor.Shape;

        public float this[params int[] at] => _items[at.Select((index, axis) => (index, axis)).Aggregate(0, (flat, next) => (flat * Shape[next.axis]) + next.index)];

        /// <summary>The element for an index of the output.</summary>
        public float Broadcast(int[] at) => this[[.. Shape.Select((size, axis) => size == 1 ? 0 : at[at.Length - Shape.Length + axis])]];
    }
}
