// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>A product of rows of weights with an input, as its routine sees it.</summary>
/// <param name="FlipsInput">True when the input is stored as <see cref="Ir.Layout.Msi"/>.</param>
internal sealed record DenseShape(int Batch, int InSize, int OutSize, int BlockRows, bool FlipsInput, int Min, int Max)
{
    /// <summary>Rows of weights at once: six sums leave registers for three words and a spare.</summary>
    public const int MostRows = 6;

    /// <summary>Words of four inputs. The last one ends with the input and may overlap the one before it.</summary>
    public int Groups => (InSize + 3) / 4;

    public int Overlap => (4 * Groups) - InSize;

    public int Blocks => (OutSize + BlockRows - 1) / BlockRows;

    /// <summary>Rows that the last block has in common with the one before it.</summary>
    public int BlockOverlap => (BlockRows * Blocks) - OutSize;

    /// <summary>Expanded inputs, 8 bytes a group.</summary>
    public int Scratch => 8 * Groups;

    public int GroupOffset(int group) => group == Groups - 1 ? InSize - 4 : 4 * group;

    /// <summary>Everything that the code depends on.</summary>
    public string Name => $"fully_connected_{Batch}x{InSize}x{OutSize}_{BlockRows}{(FlipsInput ? "f" : "")}_l{Min + 128}h{Max + 128}";

    /// <summary>The number of rows that costs least: all rows of a block are computed, also those that the last one repeats.</summary>
    public static int RowsFor(int inSize, int outSize)
    {
        const int FarthestOffset = 4000;
        var most = Math.Min(Math.Min(MostRows, outSize), inSize == 0 ? MostRows : (FarthestOffset / inSize) + 1);
        return Enumerable.Range(1, most).MinBy(rows => ((outSize + rows - 1) / rows) * (4 + (16.0 * rows / 3)));
    }
}
