// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>Predicted cycles, without wait states.</summary>
internal sealed class DepthwiseCost(DepthwiseShape shape, Core core)
{
    private const int PlanarBlockBytes = 270;
    private readonly bool _m7 = core == Core.CortexM7;

    public static long Cycles(DepthwiseShape shape, Core core) => new DepthwiseCost(shape, core).Cycles();

    /// <summary>Lines of code that an M4 fetches again for every channel: planes read in place have edges written out beside the loops.</summary>
    public static long Lines(DepthwiseShape shape, Core core)
    {
        if (!shape.IsPlanar || core != Core.CortexM4)
        {
            return 0;
        }

        var blocks = Math.Min((shape.Columns.Out + 1) / 2, 3);
        var groups = 1 + (shape.Rows.Pad > 0 ? 1 : 0) + (((shape.Rows.Out - 1) * shape.Rows.Stride) + shape.Rows.Filter - shape.Rows.Pad > shape.Rows.In ? 1 : 0);
        var bytes = 150 + (Math.Min(groups, (shape.Rows.Out + 1) / 2) * blocks * PlanarBlockBytes);
        return bytes > CodeBlock.LineCache ? (long)shape.Channels * (bytes / Candidate.LineBytes) : 0;
    }

    private long Cycles()
    {
        if (shape.IsPlanar)
        {
            return (long)(shape.Channels * PlanarChannel()) + 100;
        }

        var borders = shape.IsBordered ? shape.PlaneBytes * (_m7 ? 0.25 : 0.5) : 0;
        return (long)((shape.Channels * Channel()) + (shape.InChannels * Copy()) + (shape.Passes * borders)) + 100;
    }

    private double PlanarChannel()
    {
        var (pairs, rest) = (shape.Rows.Out / 2, shape.Rows.Out % 2);
        return (_m7 ? 40 : 55) + (pairs * PlanarRows(2)) + (rest > 0 ? PlanarRows(1) : 0);
    }

    private double PlanarRows(int rows) =>
        (_m7 ? 6 : 10) + (shape.Columns.Out / 2 * PlanarBlock(rows, 2)) + (shape.Columns.Out % 2 > 0 ? PlanarBlock(rows, 1) : 0);

    // A row of pixels is two loads, two extensions and a packing for two columns, three loads and a packing for one.
    private double PlanarBlock(int rows, int columns)
    {
        var inputRows = ((rows - 1) * shape.Rows.Stride) + shape.Rows.Filter;
        var isAligned = shape.Columns.In % 4 == 0;
        var row = _m7 ? 3.3 : columns == 2 && !isAligned ? 6.7 : columns == 2 ? 6.2 : 5.2;
        return (rows * columns * shape.Rows.Filter * 2) + (inputRows * row) + (rows * columns * Output()) + (_m7 ? 3 : shape.Columns.Out > 6 ? 5.5 : 1);
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
