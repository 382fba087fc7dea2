// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Pooling;

/// <summary>A pool as parts whose windows are alike: one, and more of them along borders.</summary>
internal sealed record PoolPlan(IReadOnlyList<PoolPlan.Part> Parts)
{
    private const int LeastDepth = 4;
    private const int MostParts = 25;
    private const int CyclesPerPart = 40;

    /// <summary>Sums of two channels share a word.</summary>
    private const int LargestSum = short.MaxValue;

    public bool KeepsPairs => Parts[0].Shape.Depth % 2 == 0;

    /// <summary>Predicted, without wait states.</summary>
    public long Cycles(Core core) => Parts.Sum(part => part.Shape.Cycles(core) + (Parts.Count > 1 ? CyclesPerPart : 0));

    /// <summary>Of a node in row-major layouts, or null.</summary>
    public static PoolPlan? Of(Node node) => node.Op switch
    {
        Pool2D { Kind: "average" } when PortableCall.Of(node, "average_pool_2d_s8") is { } call => Average(Windowed(call)),
        Pool2D { Kind: "max" } when PortableCall.Of(node, "max_pool_2d_s8") is { } call => Windowed(call),
        Reduce { Kind: Reduction.Mean or Reduction.Sum } when PortableCall.Of(node, "reduce_sum_s8") is { } call => Mean(call),
        _ => null,
    };

    public PoolPlan In(Layout input, Layout output) =>
        new([.. Parts.Select(part => part with { Shape = part.Shape with { MixedInput = input == Layout.Msi, MixedOutput = output == Layout.Msi } })]);

    public KernelCall Call(Node node) =>
        new("pool", Parts[0].Shape.Fit is null ? [] : [("constants", Parts.SelectMany(part => part.Shape.Constants).ToArray())], [node.Input], [node.Output])
        {
            Routine = PoolParts.RoutineOf(Parts),
            Remark = Parts[0].Shape.Fit is null ? "" : "one multiplication, proved for all sums",
        };

    private static PoolPlan? Average(PoolPlan? windows)
    {
        if (windows is null || windows.Parts.Any(part => part.Shape.Pixels * 128 > LargestSum))
        {
            return null;
        }

        var fits = new Dictionary<int, PoolFit?>();
        foreach (var shape in windows.Parts.Select(part => part.Shape).Where(shape => !fits.ContainsKey(shape.Pixels)))
        {
            var (count, half) = (shape.Pixels, shape.Pixels / 2);
            fits[count] = PoolFit.Find(sum => Math.Clamp((sum > 0 ? sum + half : sum - half) / count, shape.Min, shape.Max), -128 * count, 127 * count, 1.0 / count);
        }

        return fits.ContainsValue(null) ? null : new PoolPlan([.. windows.Parts.Select(part => part with { Shape = part.Shape with { Fit = fits[part.Shape.Pixels] } })]);
    }

    // Channels that are kept, inside positions that are not, inside rows that may be.
    private static PoolPlan? Mean(PortableCall call)
    {
        if (call.Numbers("axes.reduced_size") is not [1, 1, var count] || call.Numbers("axes.kept_size") is not [1, var rows, var depth]
            || call.Numbers("axes.kept_stride")[^1] != 1 || call.Numbers("axes.reduced_stride")[^1] != depth || depth < LeastDepth)
        {
            return null;
        }

        var (scale, offset) = (new Requantization(call["multiplier"], call["shift"]), call["offset"]);
        var (least, most) = ((-128L * count) + offset, (127L * count) + offset);
        if (Math.Max(-least, most) > LargestSum || scale.Shift > 0)
        {
            return null;
        }

        var fit = PoolFit.Find(
            sum => Math.Clamp(scale.Apply(sum) + call["zero_point"], sbyte.MinValue, sbyte.MaxValue), (int)least, (int)most, Math.ScaleB(scale.Multiplier, scale.Shift - 31));
        return fit is null ? null : new PoolPlan([new Part(new PoolShape(depth, rows, 1, 1, count, 0, 0, count * depth, fit, offset, sbyte.MinValue, sbyte.MaxValue), 0, 0)]);
    }

    private static PoolPlan? Windowed(PortableCall call)
    {
        var depth = call["depth"];
        var (rows, columns) = (PoolWindow.Along(call, "rows"), PoolWindow.Along(call, "columns"));
        if (depth < LeastDepth || call["batch"] != 1 || rows.Count * columns.Count > MostParts)
        {
            return null;
        }

        var (rowBytes, outBytes) = (call["columns.in"] * depth, call["columns.out"] * depth);
        return new PoolPlan([.. rows.SelectMany(row => columns.Select(column =>
        {
            var isWhole = column.Taps == call["columns.in"];
            var shape = new PoolShape(
                depth, row.Count, column.Count, isWhole ? 1 : row.Taps, isWhole ? row.Taps * column.Taps : column.Taps, rowBytes, column.Step * depth, row.Step * rowBytes, null, 0, call["min"], call["max"])
            {
                OutGap = outBytes - (column.Count * depth),
            };
            return new Part(shape, (row.From * rowBytes) + (column.From * depth), (row.First * outBytes) + (column.First * depth));
        }))]);
    }

    /// <summary>Where a part starts, in bytes of the input and of the output.</summary>
    internal sealed record Part(PoolShape Shape, int From, int To);
}
