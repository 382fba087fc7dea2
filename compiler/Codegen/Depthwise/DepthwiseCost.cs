// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>Predicted cycles, without wait states.</summary>
internal sealed class DepthwiseCost(DepthwiseShape shape, Core core)
{
    private readonly bool _m7 = core == Core.CortexM7;

    public static long Cycles(DepthwiseShape shape, Core core) => new DepthwiseCost(shape, core).Cycles();

    private long Cycles()
    {
        var borders = shape.IsBordered ? shape.PlaneBytes * (_m7 ? 0.25 : 0.5) : 0;
        return (long)((shape.Channels * Channel()) + (shape.InChannels * Copy()) + (shape.Passes * borders)) + 100;
    }

    private double Copy() => shape.Rows.In * shape.Columns.In * (_m7 ? 1.2 : 2.35);

    private double Channel()
    {
        return (_m7 ? 10 : 25) + Enumerable.Range(0, shape.Phases).Sum(Phase);
    }

    private double Phase(int phase)
    {
        var words = shape.KeepsWeights ? shape.KeptWeights(phase).Count : shape.Rows.Filter * (shape.StreamedWeights.Count + 1);
        var (groups, rest) = (shape.Rows.Out / shape.BlockRows, shape.Rows.Out % shape.BlockRows);
        return (words * (_m7 ? 3 : 4.5)) + (groups * Rows(phase, shape.BlockRows)) + (rest > 0 ? Rows(phase, rest) : 0);
    }

    private double Rows(int phase, int rows)
    {
        var columns = DepthwiseBlock.Outputs / rows;
        var (blocks, rest) = (shape.ColumnsOf(phase) / columns, shape.ColumnsOf(phase) % columns);
        return (_m7 ? 6 : 12) + (blocks * Block(phase, rows, columns)) + (rest > 0 ? Block(phase, rows, rest) : 0);
    }

    private double Block(int phase, int rows, int columns)
    {
        var taps = DepthwiseTaps.Row(shape.Columns, columns, phase, shape.Phases).ToArray();
        var words = taps.Select(tap => tap.Word).Distinct().Count();
        var inputRows = Math.Min(rows * shape.Rows.Filter, ((rows - 1) * shape.Rows.Stride) + ((shape.Rows.Filter - 1) * shape.Rows.Dilation) + 1);
        var multiplications = rows * shape.Rows.Filter * taps.Length;
        var loads = shape.KeepsWeights ? inputRows * words : shape.Rows.Filter * (words + shape.StreamedWeights.Count);
        return multiplications + (loads * (_m7 ? shape.KeepsWeights ? 0.2 : 1 : shape.KeepsWeights ? 1.6 : 1.8)) + (rows * columns * Output()) + (_m7 ? 2.5 : 3.5);
    }

    // From a started sum to a stored byte.
    private double Output()
    {
        var clamps = (shape.Min > sbyte.MinValue ? 3 : 0) + (shape.Max < sbyte.MaxValue ? 3 : 0);
        var form = shape.Stage is { } stage ? 4 + (stage.SharedShift is null ? 1.5 : 0) : shape.Rounded is not null ? 7 : 20;
        return (form + clamps) * (_m7 ? 0.6 : 1);
    }
}
