// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes.Channels;

/// <summary>
/// A convolution or fully connected layer as sums of products: output channel o is requantize(bias[o] + sum over taps t and inputs i of
/// weight(o, t, i) * (input i - zero point)). The layouts of weights differ; here they are one.
/// </summary>
internal sealed class Products
{
    private readonly Value _input;
    private readonly sbyte[] _weights;
    private readonly int[] _bias;
    private readonly IReadOnlyList<Requantization> _scales;
    private readonly (int Min, int Max) _bounds;
    private readonly int _zeroPoint;
    private readonly int _weightsZeroPoint;

    private Products(Node node, IReadOnlyList<Requantization> scales, Activation activation)
    {
        var (weights, output) = (node.Inputs[1], node.Output);
        _input = node.Input;
        _weights = weights.As<sbyte>().ToArray();
        _bias = node.Inputs[2].As<int>().ToArray();
        _scales = scales;
        _bounds = activation.Bounds(output);
        _zeroPoint = output.Quantization!.ZeroPoint;
        _weightsZeroPoint = weights.Quantization!.ZeroPoints[0];
        OutDepth = scales.Count;
        IsDepthwise = node.Op is DepthwiseConv2D;
        InDepth = IsDepthwise ? node.Input.Shape[3] : weights.Shape[-1];
    }

    public int OutDepth { get; }

    public int InDepth { get; }

    public bool IsDepthwise { get; }

    /// <summary>True when taps can lie in a border, where they count as inputs at the zero point.</summary>
    public bool IsPadded { get; private init; }

    /// <summary>Null when tensors are not int8, or weights are computed, or channels come in groups, or a sum could leave 32 bits.</summary>
    public static Products? Of(Node node)
    {
        if (node.Inputs is not [{ Type: ElementType.S8 }, { Type: ElementType.S8, IsConstant: true }, { Type: ElementType.S32, IsConstant: true }, ..])
        {
            return null;
        }

        var (input, weights, output) = (node.Input, node.Inputs[1], node.Output);
        var products = node.Op switch
        {
            Conv2D op when weights.Shape[3] == input.Shape[3] => new Products(node, ChannelScales.Requantizations(input, weights, output, weights.Shape[0]), op.Activation)
            {
                IsPadded = Padded(op.Windows(node)),
            },
            DepthwiseConv2D op => new Products(node, ChannelScales.Requantizations(input, weights, output, weights.Shape[3]), op.Activation)
            {
                IsPadded = Padded(op.Windows(node)),
            },
            FullyConnected op => new Products(node, ChannelScales.RequantizationsOfProduct(input, weights, output, weights.Shape[-2]), op.Activation),
            _ => null,
        };
        return products?.Fits() == true ? products : null;
    }

    /// <summary>Weights from input <paramref name="input"/> to output <paramref name="output"/>, one a tap.</summary>
    public IEnumerable<int> Weights(int output, int input)
    {
        var (first, step) = IsDepthwise ? (output, OutDepth) : (output * (_weights.Length / OutDepth), 1);
        var taps = _weights.Length / OutDepth;
        if (IsDepthwise && input != output * InDepth / OutDepth)
        {
            yield break;
        }

        for (var at = IsDepthwise ? 0 : input; at < taps; at += IsDepthwise ? 1 : InDepth)
        {
            yield return _weights[first + (at * step)] - _weightsZeroPoint;
        }
    }

    /// <summary>What a constant input adds to the bias of an output.</summary>
    public int Constant(int output, int input, int stored) => Weights(output, input).Sum() * (stored - _input.Quantization!.ZeroPoint);

    public Interval[] Outputs(IReadOnlyList<Interval> inputs) => [.. Enumerable.Range(0, OutDepth).Select(o => Output(o, inputs))];

    private Interval Output(int output, IReadOnlyList<Interval> inputs)
    {
        var zeroPoint = _input.Quantization!.ZeroPoint;
        var (low, high) = ((long)_bias[output], (long)_bias[output]);
        var (first, last) = IsDepthwise ? (output * InDepth / OutDepth, output * InDepth / OutDepth) : (0, InDepth - 1);
        for (var i = first; i <= last; i++)
        {
            var range = inputs[i % inputs.Count];
            range = IsPadded ? range.Or(zeroPoint) : range;
            foreach (var weight in Weights(output, i))
            {
                var (a, b) = (weight * (range.Low - zeroPoint), weight * (range.High - zeroPoint));
                low += Math.Min(a, b);
                high += Math.Max(a, b);
            }
        }

        var scale = _scales[output];
        var left = Math.Max(scale.Shift, 0);
        return low << left is >= int.MinValue and <= int.MaxValue && high << left is >= int.MinValue and <= int.MaxValue
            ? new Interval((int)low, (int)high).Map(sum => (int)Math.Clamp((long)scale.Apply(sum) + _zeroPoint, _bounds.Min, _bounds.Max))
            : new Interval(_bounds.Min, _bounds.Max);
    }

    // With any inputs, and so with constants folded into the bias.
    private bool Fits()
    {
        var row = _weights.Length / OutDepth;
        var largest = 255L * 255 * row;
        return _bias.All(bias => Math.Abs((long)bias) + largest <= int.MaxValue);
    }

    private static bool Padded((Window Rows, Window Columns) windows) => windows.Rows.Pads is not (0, 0) || windows.Columns.Pads is not (0, 0);
}
