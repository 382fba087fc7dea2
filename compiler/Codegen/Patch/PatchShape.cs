// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Patch;

/// <summary>One direction of a filter over an image.</summary>
internal readonly record struct PatchAxis(int In, int Out, int Filter, int Stride, int Dilation, int Pad)
{
    /// <summary>True when no tap of any position lies outside the input.</summary>
    public bool IsInside => Pad == 0 && ((Out - 1) * Stride) + ((Filter - 1) * Dilation) < In;

    public override string ToString() => $"{In}i{Out}o{Filter}k{Stride}s{Dilation}d{Pad}p";
}

/// <summary>How sums become outputs.</summary>
internal enum PatchOutputKind
{
    /// <summary>int8 by the reference's two roundings.</summary>
    S8,

    /// <summary>int16 by the reference's two roundings.</summary>
    S16,

    /// <summary>int16 from sums of 64 bits, which are proved to fit 32: one multiplication, rounded once.</summary>
    S16Wide,

    /// <summary>int16 from an input of int8, by the reference's two roundings.</summary>
    S8ToS16,
}

/// <summary>A sum over patches of an image, or a matrix product, as its routine sees it.</summary>
/// <param name="GroupDepth">Input channels that one output channel reads.</param>
/// <param name="Fill">The word that lies outside the image: zero points.</param>
/// <param name="ZeroPoint">Of the output.</param>
internal sealed record PatchShape(
    int Batch, PatchAxis Rows, PatchAxis Columns, int InDepth, int GroupDepth, int OutDepth, int Fill, PatchOutputKind Kind, int ZeroPoint, int Min, int Max)
{
    private const int MostRows = 6;
    private const int MostRounds = 8;
    private const int Registers = 14;

    /// <summary>Four elements as two pairs of int16.</summary>
    public const int ExpandedBytes = 8;

    /// <summary>Bits by which sums are raised before the multiplication of <see cref="PatchOutputKind.S16Wide"/>, for small shifts.</summary>
    public int Raised { get; init; }

    /// <summary>The shift to the left of all channels, or null when all shift to the right.</summary>
    public int? Left { get; init; }

    /// <summary>Bytes of an element of the input.</summary>
    public int Element => Kind is PatchOutputKind.S8 or PatchOutputKind.S8ToS16 ? 1 : 2;

    public int OutElement => Kind == PatchOutputKind.S8 ? 1 : 2;

    public int Taps => Rows.Filter * Columns.Filter;

    /// <summary>True when output channels read different channels.</summary>
    public bool IsGrouped => GroupDepth != InDepth;

    /// <summary>Weights of one output channel.</summary>
    public int Length => Taps * GroupDepth;

    public int Groups => (Length + 3) / 4;

    /// <summary>True when each patch lies in the input as it is needed, one behind the other.</summary>
    public bool IsDirect => !IsGrouped && Length % 4 == 0 && Rows is { Filter: 1, Stride: 1, IsInside: true } && Columns is { Filter: 1, Stride: 1, IsInside: true };

    /// <summary>Output channels at once.</summary>
    public int BlockRows => IsGrouped ? 1 : Enumerable.Range(1, Math.Min(MostRows, OutDepth)).Where(rows => BuffersFor(rows) >= 2).MinBy(RowCost);

    public int Blocks => (OutDepth + BlockRows - 1) / BlockRows;

    /// <summary>Channels that the last block has in common with the one before it.</summary>
    public int BlockOverlap => (BlockRows * Blocks) - OutDepth;

    /// <summary>Rows of weights that one pointer reaches.</summary>
    public int RowsOfPointer => Math.Max(1, ((ThumbWriter.LargestOffset - (4 * MostRounds)) / Length) + 1);

    public int Pointers => PointersFor(BlockRows);

    /// <summary>Words of weights in flight.</summary>
    public int Buffers => BuffersFor(BlockRows);

    /// <summary>Groups of a round of the inner loop, and rounds; what is left follows.</summary>
    public (int Unrolled, int Rounds) Loop => Groups switch
    {
        <= 6 => (1, 0),
        < 16 => (4, Groups / 4),
        _ => (MostRounds, Groups / MostRounds),
    };

    /// <summary>The expanded patch, and behind it the patch as the input has it.</summary>
    public int Scratch => ExpandedSize + (IsDirect ? 0 : ((CollectedSize * Element) + 3) / 4 * 4);

    /// <summary>Bytes of the expanded patch; where channels are grouped, there is none.</summary>
    public int ExpandedSize => IsGrouped ? 0 : ExpandedBytes * Groups;

    /// <summary>Everything that the code depends on.</summary>
    public string Name =>
        $"patch_{Kind.ToString().ToLowerInvariant()}_{Batch}_{Rows}_{Columns}_{InDepth}{(IsGrouped ? $"g{GroupDepth}" : "")}x{OutDepth}{(Raised > 0 ? $"u{Raised}" : "")}{(Left is { } left ? $"e{left}" : "")}_f{(uint)Fill:x}_z{ZeroPoint}l{Min}h{Max}".Replace('-', 'm');

    /// <summary>Predicted, without wait states.</summary>
    public long Cycles(Core core)
    {
        // Cortex-M7 issues about three instructions where Cortex-M4 issues two, and waits longer for words of weights across words of memory.
        var (issue, half, odd) = core == Core.CortexM7 ? (2.0 / 3, 1.5, 2.25) : (1, 0.5, 1.25);
        var gather = IsDirect ? 0 : (CollectedSize * Element * 0.8) + (Rows.Filter * (Columns.IsInside ? 25 : 25 + (8 * Columns.Filter)));
        var pixels = Batch * (double)Rows.Out * Columns.Out;
        if (IsGrouped)
        {
            return (long)(pixels * issue * (gather + (OutDepth * ((Length * 3.3) + 40)))) + 100;
        }

        var block = (Groups * ((BlockRows * (5 + (1.0 / Buffers))) + 3.7)) + (BlockRows * 17) + 45;
        var unaligned = Groups * OutDepth * (Length % 4 == 0 ? 0 : Length % 2 == 0 ? half : odd);
        return (long)(pixels * ((issue * (gather + (Groups * 8) + (Blocks * block) + 30)) + unaligned)) + 100;
    }

    public int FirstRow(int block) => Math.Min(block * BlockRows, OutDepth - BlockRows);

    private int CollectedSize => IsGrouped ? Taps * InDepth : 4 * Groups;

    private int PointersFor(int rows) => (rows + RowsOfPointer - 1) / RowsOfPointer;

    // Besides sums: the pointer to the patch, a pair of its words and a spare.
    private int BuffersFor(int rows) => Math.Min(3, Registers - rows - PointersFor(rows) - 4);

    private double RowCost(int rows) => (OutDepth + rows - 1) / rows * ((rows * (5 + (1.0 / BuffersFor(rows)))) + 3.7);
}
