// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Pooling;

/// <summary>
/// A pool as its routine sees it: each output pixel is made of <see cref="Runs"/> runs of <see cref="RunPixels"/> neighbouring pixels, four
/// channels at a time. Every window lies inside the input.
/// </summary>
/// <param name="RunStep">Bytes from one run to the next.</param>
/// <param name="PixelStep">Bytes of input from one output pixel of a row to the next.</param>
/// <param name="RowStep">Bytes of input from one row of outputs to the next.</param>
/// <param name="Fit">From a sum to the output; null where the largest element is the output.</param>
/// <param name="Start">What the sum of each channel starts with.</param>
/// <param name="Min">Of the activation.</param>
internal sealed record PoolShape(
    int Depth, int Rows, int Columns, int Runs, int RunPixels, int RunStep, int PixelStep, int RowStep, PoolFit? Fit, int Start, int Min, int Max, bool MixedInput, bool MixedOutput)
{
    private const int MostUnrolled = 8;

    /// <summary>Sums of two channels share a word.</summary>
    private const int LargestSum = short.MaxValue;

    private const int LargestOffset = 4095;

    /// <summary>Channels of the last four that have been computed with those before.</summary>
    public int Overlap => -Depth & 3;

    public int Pixels => Runs * RunPixels;

    public int Unrolled => Enumerable.Range(1, MostUnrolled).Last(count => RunPixels % count == 0 && (count == 1 || (count - 1) * Depth <= LargestOffset));

    /// <summary>Everything that the code depends on; factors are parameters.</summary>
    public string Name =>
        $"pool_{(Fit is { } fit ? $"s{fit.Shift}" : "m")}_{Depth}_{Rows}x{Columns}_{Runs}x{RunPixels}_{RunStep}_{PixelStep}_{RowStep}_l{Min + 128}h{Max + 128}{(MixedInput ? "i" : "")}{(MixedOutput ? "o" : "")}";

    /// <summary>Predicted, without wait states.</summary>
    public long Cycles(Core core)
    {
        var windows = (double)Rows * Columns * ((Depth + 3) / 4) * ((Pixels * 4) + (Pixels / Unrolled * 5) + (Runs * 6) + (Fit is null ? 12 : 30));
        return (long)(windows * (core == Core.CortexM7, Fit is null) switch { (true, true) => 0.42, (true, false) => 0.75, (false, true) => 0.76, _ => 1 }) + 100;
    }

    /// <summary>Of a node in row-major layouts, or null.</summary>
    public static PoolShape? Of(Node node) => node.Op switch
    {
        Pool2D { Kind: "average" } when PortableCall.Of(node, "average_pool_2d_s8") is { } call => Average(call),
        Pool2D { Kind: "max" } when PortableCall.Of(node, "max_pool_2d_s8") is { } call => Windowed(call),
        Reduce { Kind: Reduction.Mean, Axes: [1, 2] } when node.Input.Shape is { Rank: 4 } shape && shape[0] == 1 && shape[3] >= 4 && PortableCall.Of(node, "reduce_sum_s8") is { } call => Mean(node, call),
        _ => null,
    };

    public KernelCall Call(Node node)
    {
        var start = unchecked((ushort)(short)Start * 0x10001);
        var even = unchecked((ushort)(short)(Start - (MixedInput ? 128 * Pixels : 0)) * 0x10001);
        return new KernelCall(
            "pool",
            Fit is not { } fit ? [] : [("multiplier", fit.Multiplier), ("even_offset", fit.Offset + (MixedOutput ? 128 << fit.Shift : 0)), ("odd_offset", fit.Offset), ("even_start", even), ("odd_start", start)],
            [node.Input],
            [node.Output])
        {
            Routine = PoolRoutine.Of(this),
            Remark = Fit is null ? "" : "one multiplication, proved for all sums",
        };
    }

    private static PoolShape? Average(PortableCall call)
    {
        if (Windowed(call) is not { } shape || shape.Pixels * 128 > LargestSum)
        {
            return null;
        }

        var (count, half) = (shape.Pixels, shape.Pixels / 2);
        var fit = PoolFit.Find(sum => Math.Clamp((sum > 0 ? sum + half : sum - half) / count, shape.Min, shape.Max), -128 * count, 127 * count, 1.0 / count);
        return fit is null ? null : shape with { Fit = fit };
    }

    private static PoolShape? Mean(Node node, PortableCall call)
    {
        var shape = node.Input.Shape;
        var (count, offset) = (shape[1] * shape[2], call["offset"]);
        var scale = new Requantization(call["multiplier"], call["shift"]);
        var (least, most) = ((-128 * count) + offset, (127 * count) + offset);
        if (Math.Max(-(long)least, most) > LargestSum || scale.Shift > 0)
        {
            return null;
        }

        var fit = PoolFit.Find(
            sum => Math.Clamp(scale.Apply(sum) + call["zero_point"], sbyte.MinValue, sbyte.MaxValue), least, most, Math.ScaleB(scale.Multiplier, scale.Shift - 31));
        return fit is null ? null : new PoolShape(shape[3], 1, 1, 1, count, 0, 0, 0, fit, offset, sbyte.MinValue, sbyte.MaxValue, MixedInput: false, MixedOutput: false);
    }

    private static PoolShape? Windowed(PortableCall call)
    {
        bool Inside(string axis) => call[$"{axis}.pad"] == 0 && ((call[$"{axis}.out"] - 1) * call[$"{axis}.stride"]) + call[$"{axis}.filter"] <= call[$"{axis}.in"];
        var depth = call["depth"];
        if (depth < 4 || call["batch"] != 1 || !Inside("rows") || !Inside("columns"))
        {
            return null;
        }

        var rowBytes = call["columns.in"] * depth;
        var (runs, pixels) = (call["rows.filter"], call["columns.filter"]);
        if (pixels == call["columns.in"])
        {
            (runs, pixels) = (1, runs * pixels);
        }

        return new PoolShape(
            depth, call["rows.out"], call["columns.out"], runs, pixels, rowBytes, call["columns.stride"] * depth, call["rows.stride"] * rowBytes, null, 0, call["min"], call["max"], false, false);
    }
}
