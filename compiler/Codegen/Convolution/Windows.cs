// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// Windows of a first layer, gathered so that each is whole words and nothing is read twice as padding: the whole words of each run, row by row,
/// then what is left of all runs together. With three channels and 3x3, a run is nine bytes and a window seven words:
/// <code>
/// r0[0..3] r0[4..7] r1[0..3] r1[4..7] r2[0..3] r2[4..7] (r0[8] r1[8] r2[8] 0)
/// </code>
/// instead of nine words when pixels are widened to four bytes. A rest of three bytes is a word with a byte that meets a zero weight.
/// </summary>
/// <param name="Runs">Rows of the filter.</param>
/// <param name="RunBytes">Of a row of the filter.</param>
/// <param name="RowBytes">From one row of the padded input to the next.</param>
/// <param name="PixelStep">Bytes of input from one window to the next.</param>
/// <param name="RowStep">Bytes of input from one row of windows to the next.</param>
internal sealed record Windows(int Runs, int RunBytes, int RowBytes, int PixelStep, int RowStep)
{
    private const int Word = 4;

    public int WordsOfRun => (RunBytes / Word) + (RunBytes % Word == 3 ? 1 : 0);

    /// <summary>Bytes of a run behind its whole words: 0 to 2.</summary>
    public int Rest => RunBytes % Word == 3 ? 0 : RunBytes % Word;

    public int RestWords => ((Runs * Rest) + Word - 1) / Word;

    public int Words => (Runs * WordsOfRun) + RestWords;

    public int Bytes => Words * Word;

    /// <summary>The run and the byte of it that stands at a byte of the window, or null.</summary>
    public (int Run, int Byte)? Source(int at)
    {
        var whole = Runs * WordsOfRun * Word;
        var (run, inRun) = at < whole
            ? (at / (WordsOfRun * Word), at % (WordsOfRun * Word))
            : ((at - whole) / Rest, (WordsOfRun * Word) + ((at - whole) % Rest));
        return run < Runs && inRun < RunBytes ? (run, inRun) : null;
    }

    public string Name => $"_w{Runs}x{RunBytes}_{RowBytes}_{PixelStep}_{RowStep}";
}
