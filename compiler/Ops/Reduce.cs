// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>MEAN, SUM, REDUCE_MAX and the like: one output for all elements along some axes. Kept axes stay in order, the others are 1 or gone.</summary>
/// <param name="Axes">Not negative, each once, in order.</param>
internal sealed record Reduce(Reduction Kind, IReadOnlyList<int> Axes) : Op
{
    public override string Name => "reduce";

    /// <summary>The importer of one kind.</summary>
    public static Action<ImportContext> Import(Reduction kind) => context =>
    {
        var (input, axes) = (context.Input(0), context.Input(1));
        if (!axes.IsConstant || axes.Type != ElementType.S32)
        {
            throw context.Origin.Refuse("axes that are computed at run time or not int32", "constant int32 axes");
        }

        var rank = input.Shape.Rank;
        if (axes.Integers().FirstOrDefault(axis => axis < -rank || axis >= rank, int.MinValue) is var wrong && wrong != int.MinValue && rank > 0)
        {
            throw context.Origin.Refuse($"axis {wrong} of an input of shape {input.Shape}", $"{-rank}..{rank - 1}");
        }

        int[] resolved = rank == 0 ? [] : [.. axes.Integers().Select(axis => axis < 0 ? axis + rank : axis).Distinct().Order()];
        context.Add(new Reduce(kind, resolved), [input], [context.Output(0)]);
    };

    public override void Check(Node node)
    {
        var (input, output) = (node.Input, node.Output);

        Require.OneOf(node, input, Kind switch
        {
            Reduction.Mean or Reduction.Sum => [ElementType.S8, ElementType.S16, ElementType.F32],
            Reduction.Max or Reduction.Min => [ElementType.S8, ElementType.F32],
            Reduction.Product => [],
            _ => [ElementType.Bool],
        });
        Require.Types(node, input.Type, output);
        Require.Filled(node, input, output);
        if (input.Type is ElementType.S8 or ElementType.S16)
        {
            Require.PerTensor(node, input, output);
        }

        if (input.Type == ElementType.S8 && Kind is Reduction.Max or Reduction.Min)
        {
            Require.SameQuantization(node, input, output);
        }

        var kept = Enumerable.Range(0, input.Shape.Rank).Where(axis => !Axes.Contains(axis)).Select(axis => input.Shape[axis]);
        Require.That(
            output.Shape.Dimensions.Where(size => size != 1).SequenceEqual(kept.Where(size => size != 1)),
            node,
            $"input {input.Shape} without axes {string.Join(",", Axes)} does not give output {output.Shape}",
            "the kept dimensions in order");
        Require.That(Merged(input.Shape).All(group => group.Count <= ReduceAxes.Most), node, $"axes {string.Join(",", Axes)} of input {input.Shape}", $"at most {ReduceAxes.Most} groups of neighbouring axes, kept and reduced");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        if (node.Input.Type == ElementType.F32)
        {
            return [InFloat(node)];
        }

        // Of bools, 0 or 1, the smallest is whether all are true.
        var kernel = Kind switch
        {
            Reduction.Max or Reduction.Any => "reduce_max_s8",
            Reduction.Min or Reduction.All => "reduce_min_s8",
            _ when node.Input.Type == ElementType.S16 => "reduce_sum_s16",
            _ => "reduce_sum_s8",
        };

        return [new KernelCall(kernel, [.. ReduceAxes.Fields(Merged(node.Input.Shape)), .. Scaling(node)], [node.Input], [node.Output])];
    }

    /// <summary>The output where all inputs hold one stored value, never decreasing with it; null when a sum could leave 32 bits.</summary>
    public Func<int, int>? Average(Node node)
    {
        var fields = Scaling(node).ToDictionary(field => field.Name, field => (int)field.Content);
        var scale = new Requantization(fields["multiplier"], fields["shift"]);
        return Count(node) < 1 << 20 && scale.Shift <= 0
            ? value => Math.Clamp(scale.Apply((value * (int)Count(node)) + fields["offset"]) + fields["zero_point"], sbyte.MinValue, sbyte.MaxValue)
            : null;
    }

    /// <summary>int32 that is not quantized: what a converter leaves between shapes.</summary>
    public override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node)
    {
        if (node.Input is not { IsConstant: true, Type: ElementType.S32 } input || node.Output.Type != ElementType.S32 || Axes.Count != input.Shape.Rank || Kind is Reduction.Mean)
        {
            return null;
        }

        var result = input.Integers().Aggregate(
            (int?)null,
            (total, item) => total is not { } value ? item : unchecked(Kind switch
            {
                Reduction.Sum => value + item,
                Reduction.Product => value * item,
                Reduction.Max => Math.Max(value, item),
                _ => Math.Min(value, item),
            }));
        return result is { } only ? [BitConverter.GetBytes(only)] : null;
    }

    private KernelCall InFloat(Node node) => new(
        "reduce_f32",
        [
            .. ReduceAxes.Fields(Merged(node.Input.Shape)),
            ("operation", Kind switch { Reduction.Max => 1, Reduction.Min => 2, _ => 0 }),
            ("divisor", Kind == Reduction.Mean ? (float)Count(node) : 1),
        ],
        [node.Input],
        [node.Output]);

    private IReadOnlyList<IReadOnlyList<MergedAxis>> Merged(Shape shape) => ReduceAxes.Merge(shape, Axes);

    private IEnumerable<Field> Scaling(Node node)
    {
        if (Kind is not (Reduction.Mean or Reduction.Sum))
        {
            return [];
        }

        var (input, output) = (node.Input.Quantization!, node.Output.Quantization!);
        var count = Count(node);
        var (multiplier, shift) = Requantization.Of((double)input.Scale / output.Scale);
        if (Kind == Reduction.Mean)
        {
            (multiplier, shift) = DividedBy(count, multiplier, shift);
        }

        return
        [
            ("offset", unchecked((int)(-input.ZeroPoint * count))),
            ("multiplier", multiplier),
            ("shift", shift),
            ("zero_point", output.ZeroPoint),
        ];
    }

    private long Count(Node node) => Axes.Aggregate(1L, (product, axis) => product * node.Input.Shape[axis]);

    /// <summary>
    /// TFLite's way to put 1 / count into the multiplier: as many bits as count has are added in front of the division, which
    /// truncates, and taken back by the shift.
    /// </summary>
    private static (int Multiplier, int Shift) DividedBy(long count, int multiplier, int shift)
    {
        var bits = Math.Min(Math.Min(BitOperations.Log2((ulong)count), 32), 31 + shift);
        return ((int)(((long)multiplier << bits) / count), shift - bits);
    }
}

internal enum Reduction
{
    Mean,
    Sum,
    Max,
    Min,
    Product,
    All,
    Any,
}
