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
        var (rows, columns) = shape.KeepsWeights ? (2, 2) : (1, 4);
        var words = shape.KeepsWeights ? shape.KeptWeights.Count : shape.Rows.Filter * (shape.StreamedWeights.Count + 1);
        return (_m7 ? 10 : 25) + (words * (_m7 ? 3 : 4.5))
            + (shape.Rows.Out / rows * Rows(rows, columns)) + (shape.Rows.Out % rows > 0 ? Rows(shape.Rows.Out % rows, columns) : 0);
    }

    private double Rows(int rows, int columns)
    {
        var rest = shape.Columns.Out % columns;
        return (_m7 ? 6 : 12) + (shape.Columns.Out / columns * Block(rows, columns)) + (rest > 0 ? Block(rows, rest) : 0);
    }

    private double Block(int rows, int columns)
    {
        var taps = DepthwiseTaps.Row(shape.Columns, columns).ToArray();
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
        var form = shape.Stage is not { } stage ? 20 : 4 + (stage.SharedShift is null ? 1.5 : 0) + (stage.HasSignFix ? 4 : 0);
        return (form + clamps) * (_m7 ? 0.6 : 1);
    }
}
