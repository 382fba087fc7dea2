// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>A product of rows of weights with an input, as its routine sees it.</summary>
/// <param name="Packed">True: weights in the order of <see cref="PackedProduct"/>; false: as they stand in the model.</param>
/// <param name="Shared">Offset, shift and sign fix of all rows, and their multiplier or 0 where that differs; null when each has its own. Code depends on shift and sign fix.</param>
/// <param name="FlipsInput">True when the input is stored as <see cref="Ir.Layout.Msi"/>.</param>
internal sealed record DenseShape(int Batch, int InSize, int OutSize, int BlockRows, bool FlipsInput, bool Packed, OutputChannel? Shared, int Min, int Max)
{
    /// <summary>The output's zero point where sums are too large to be scaled by 256: then they are requantized by the reference's own steps.</summary>
    public int? Stepwise { get; init; }

    /// <summary>Of four inputs.</summary>
    public const int ExpandedBytes = 8;

    /// <summary>Rows of weights at once: six sums leave registers for three words and a spare.</summary>
    public const int MostRows = 6;

    /// <summary>True when the table begins with the multiplier of all rows, else each block of it has multipliers.</summary>
    public bool SharesMultiplier => Shared is { Multiplier: not 0 };

    /// <summary>Words of four inputs. The last one ends with the input and may overlap the one before it.</summary>
    public int Groups => (InSize + 3) / 4;

    public int Overlap => (4 * Groups) - InSize;

    public int Blocks => (OutSize + BlockRows - 1) / BlockRows;

    /// <summary>Rows that the last block has in common with the one before it.</summary>
    public int BlockOverlap => (BlockRows * Blocks) - OutSize;

    /// <summary>Expanded inputs.</summary>
    public int Scratch => ExpandedBytes * Groups;

    public int GroupOffset(int group) => group == Groups - 1 ? InSize - 4 : 4 * group;

    public int FirstRow(int block) => Math.Min(block * BlockRows, OutSize - BlockRows);

    /// <summary>Everything that the code depends on.</summary>
    public string Name => $"fully_connected_{Batch}x{InSize}x{OutSize}_{BlockRows}{(FlipsInput ? "f" : "")}{(Packed ? "p" : "")}{(Stepwise is { } zeroPoint ? $"e{zeroPoint}" : "")}_{(Shared is { } shared ? $"r{shared.Shift}n{shared.SignFix}{(SharesMultiplier ? "m" : "")}" : "")}_l{Min + 128}h{Max + 128}".Replace('-', 'm');

    /// <summary>Rows of weights that one pointer reaches, as they stand in the model.</summary>
    public int RowsOfPointer => Packed ? BlockRows : ReachOf(InSize);

    /// <summary>The number of rows that costs least on Cortex-M4: all rows of a block are computed, also those that the last one repeats.</summary>
    public static int RowsFor(int inSize, int outSize, bool packed)
    {
        // Besides the first, a pointer takes the register of a sum.
        bool Fits(int rows) => packed || rows + ((rows - 1) / ReachOf(inSize)) <= MostRows;
        double Group(int rows) => packed ? 3 + (rows < MostRows ? 1 : 2) + (4 * rows) : 4 + (16.0 * rows / 3);
        return Enumerable.Range(1, Math.Min(MostRows, outSize)).Where(Fits).MinBy(rows => ((outSize + rows - 1) / rows) * Group(rows));
    }

    private static int ReachOf(int inSize)
    {
        const int FarthestOffset = 4000;
        return (FarthestOffset / inSize) + 1;
    }
}
