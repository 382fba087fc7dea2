// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>A product of few or very long rows of weights with an input: see <see cref="StreamedRoutine"/>.</summary>
internal sealed record StreamedShape(int Batch, int InSize, int OutSize, int Min, int Max)
{
    private const int MostRows = 3;

    /// <summary>Rows of weights at once, which divides their number.</summary>
    public int BlockRows => Enumerable.Range(1, MostRows).Last(rows => OutSize % rows == 0);

    public int Blocks => OutSize / BlockRows;

    /// <summary>Words of four inputs.</summary>
    public int Whole => InSize / 4;

    /// <summary>Of a word that ends with the input, the bytes that another word has.</summary>
    public int Overlap => InSize % 4 == 0 ? 0 : 4 - (InSize % 4);

    /// <summary>Everything that the code depends on.</summary>
    public string Name => $"fully_connected_streamed_{Batch}x{InSize}x{OutSize}_l{Min + 128}h{Max + 128}";
}
