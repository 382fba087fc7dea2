// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Pooling;

/// <summary>
/// Outputs of a pool whose windows are alike, as the routine sees them: each output pixel is made of <see cref="Runs"/> runs of
/// <see cref="RunPixels"/> neighbouring pixels, four channels at a time. Every window lies inside the input.
/// </summary>
/// <param name="RunStep">Bytes from one run to the next.</param>
/// <param name="PixelStep">Bytes of input from one output pixel of a row to the next.</param>
/// <param name="RowStep">Bytes of input from one row of outputs to the next.</param>
/// <param name="Fit">From a sum to the output; null where the largest element is the output.</param>
/// <param name="Start">What the sum of each channel starts with.</param>
/// <param name="Min">Of the activation.</param>
internal sealed record PoolShape(
    int Depth, int Rows, int Columns, int Runs, int RunPixels, int RunStep, int PixelStep, int RowStep, PoolFit? Fit, int Start, int Min, int Max)
{
    private const int MostUnrolled = 8;


    public bool MixedInput { get; init; }

    public bool MixedOutput { get; init; }

    /// <summary>Bytes of output between one row and the next.</summary>
    public int OutGap { get; init; }

    /// <summary>Channels of the last four that have been computed with those before.</summary>
    public int Overlap => -Depth & 3;

    public int Pixels => Runs * RunPixels;

    public int Unrolled => Enumerable.Range(1, MostUnrolled).Last(count => RunPixels % count == 0 && (count == 1 || (count - 1) * Depth <= ThumbWriter.LargestOffset));

    /// <summary>Everything that the code depends on; factors are parameters.</summary>
    public string Name =>
        $"pool_{(Fit is { } fit ? $"s{fit.Shift}" : "m")}_{Depth}_{Rows}x{Columns}_{Runs}x{RunPixels}_{RunStep}_{PixelStep}_{RowStep}_g{OutGap}_l{Min + 128}h{Max + 128}{(MixedInput ? "i" : "")}{(MixedOutput ? "o" : "")}";

    /// <summary>Predicted, without wait states.</summary>
    public long Cycles(Core core)
    {
        var windows = (double)Rows * Columns * ((Depth + 3) / 4) * ((Pixels * 4) + (Pixels / Unrolled * 5) + (Runs * 6) + (Fit is null ? 12 : 30));
        return (long)(windows * (core == Core.CortexM7, Fit is null) switch { (true, true) => 0.42, (true, false) => 0.75, (false, true) => 0.76, _ => 1 }) + 100;
    }

    /// <summary>What the routine reads besides its operands; nothing where it seeks the largest.</summary>
    public IReadOnlyList<int> Constants
    {
        get
        {
            var start = unchecked((ushort)(short)Start * 0x10001);
            var even = unchecked((ushort)(short)(Start - (MixedInput ? 128 * Pixels : 0)) * 0x10001);
            return Fit is not { } fit ? [] : [fit.Multiplier, fit.Offset + (MixedOutput ? 128 << fit.Shift : 0), fit.Offset, even, start];
        }
    }
}
