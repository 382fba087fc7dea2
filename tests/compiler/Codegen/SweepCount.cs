// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>How many layers a family has served in a sweep, and how many of them were at which end of their ranges.</summary>
internal sealed class SweepCount
{
    /// <summary>Of 2^31: a float just below a power of two has ones above these.</summary>
    private const int MultiplierStep = 1 << 9;

    private static readonly long[] Bounds = [(1 << 23) - 3, RandomLayers.LargestSum, int.MaxValue];

    private int _lowest;
    private int _highest;
    private int _powers;
    private int _belowPowers;
    private int _sums;

    public int Layers { get; private set; }

    public void Add(Node node)
    {
        Layers++;
        var points = node.Inputs.Concat(node.Outputs).Where(value => !value.IsConstant && value.Quantization is { IsPerTensor: true }).Select(value => (value.Quantization!.ZeroPoint, Range: value.Type.Range())).ToArray();
        _lowest += points.Any(point => point.ZeroPoint == point.Range.Min) ? 1 : 0;
        _highest += points.Any(point => point.ZeroPoint == point.Range.Max) ? 1 : 0;

        var multipliers = Multipliers(node).ToArray();
        _powers += multipliers.Contains(1 << 30) ? 1 : 0;
        _belowPowers += multipliers.Any(multiplier => multiplier > int.MaxValue - MultiplierStep) ? 1 : 0;
        _sums += Sums(node).Any(sum => Bounds.Contains(sum)) ? 1 : 0;
    }

    public void AssertEnds(string family, Ends ends)
    {
        Assert.True(!ends.HasFlag(Ends.ZeroPoints) || (_lowest > 0 && _highest > 0), $"{family}: {this}");
        Assert.True(!ends.HasFlag(Ends.Multipliers) || (_powers > 0 && _belowPowers > 0), $"{family}: {this}");
        Assert.True(!ends.HasFlag(Ends.Sums) || _sums > 0, $"{family}: {this}");
    }

    public override string ToString() =>
        $"{Layers} layers; zero points: {_lowest} lowest, {_highest} highest; multipliers: {_powers} powers of two, {_belowPowers} right below; sums at a bound: {_sums}";

    // From the inputs, or the weights' product with the first one, to the output.
    private static IEnumerable<int> Multipliers(Node node)
    {
        if (node.Output.Quantization is not { IsPerTensor: true } output || node.Input.Quantization is not { IsPerTensor: true } input)
        {
            return [];
        }

        var weights = node.Inputs.Skip(1).Where(value => value is { IsConstant: true, Quantization: not null }).SelectMany(value => value.Quantization!.Scales).ToArray();
        var sums = node.Inputs.Where(value => value.Quantization is { IsPerTensor: true }).Select(value => (double)value.Quantization!.Scale / output.Scale);
        var products = weights.Concat(node.Inputs.Skip(1).Where(value => value.Quantization is { IsPerTensor: true }).Select(value => value.Quantization!.Scale)).Select(scale => (double)input.Scale * scale / output.Scale);
        return sums.Concat(products).Select(scale => Requantization.Of(scale).Multiplier);
    }

    // The largest magnitude of each channel's sum; of a cell, of each gate's sum with the input.
    private static IEnumerable<long> Sums(Node node)
    {
        if (node.Input.Quantization is not { IsPerTensor: true, ZeroPoint: var zeroPoint })
        {
            return [];
        }

        var first = node.Op is Lstm ? Enumerable.Range(1, 4).Select(gate => (node.Inputs[gate], node.Inputs[gate + 8])) : node.Inputs.Count < 3 ? [] : [(node.Inputs[1], node.Inputs[2])];
        return
            from pair in first
            let axis = node.Op is DepthwiseConv2D ? 3 : 0
            where pair.Item1 is { IsConstant: true, Type: ElementType.S8 } && pair.Item2.IsConstant && pair.Item2.Shape.Count == pair.Item1.Shape[axis]
            from channel in RandomLayers.ByChannel([.. pair.Item1.As<byte>()], pair.Item1.Shape[axis], axis).Zip(pair.Item2.Integers())
            let sum = channel.First.Sum(weight => (long)weight) * zeroPoint
            let cell = Math.Abs(channel.Second - sum) + (128 * channel.First.Sum(weight => Math.Abs((long)weight)))
            let range = node.Input.Type == ElementType.S16 ? Wide(channel.First, channel.Second) : AccumulatorRange.Of(channel.First, channel.Second - sum)
            from end in node.Op is Lstm ? [cell] : new[] { -range.Low, range.High }
            select end;
    }

    private static AccumulatorRange Wide(sbyte[] weights, int bias) =>
        new(bias, weights.Sum(weight => Math.Min(weight * short.MinValue, (long)weight * short.MaxValue)), weights.Sum(weight => Math.Max(weight * short.MinValue, (long)weight * short.MaxValue)));
}
