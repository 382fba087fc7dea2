// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops.Lce;

namespace TinyInfer.Compiler.Codegen.Binary;

/// <summary>One axis of a binary convolution.</summary>
internal readonly record struct BinaryAxis(int In, int Out, int Filter, int Stride, int Dilation, int Pad)
{
    /// <summary>A tap may lie outside the input.</summary>
    public bool IsPadded => Pad > 0 || ((Out - 1) * Stride) + ((Filter - 1) * Dilation) >= In;

    public static BinaryAxis Of(PortableCall call, string name) =>
        new(call[$"{name}.in"], call[$"{name}.out"], call[$"{name}.filter"], call[$"{name}.stride"], call[$"{name}.dilation"], call[$"{name}.pad"]);

    /// <summary>The different ways in which a position's taps lie inside the input, and which one each position has.</summary>
    public (List<bool[]> Ways, List<int> Positions) Borders()
    {
        var (ways, positions) = (new List<bool[]>(), new List<int>());
        for (var position = 0; position < Out; position++)
        {
            var inside = Inside(position);
            var way = ways.FindIndex(known => known.SequenceEqual(inside));
            if (way < 0)
            {
                way = ways.Count;
                ways.Add(inside);
            }

            positions.Add(way);
        }

        return (ways, positions);
    }

    /// <summary>Which taps of an output position lie inside the input.</summary>
    private bool[] Inside(int position)
    {
        var (axis, origin) = (this, (position * Stride) - Pad);
        return [.. Enumerable.Range(0, Filter).Select(tap => origin + (tap * axis.Dilation) is var at && at >= 0 && at < axis.In)];
    }

    public override string ToString() => $"{In}_{Out}_{Filter}_{Stride}_{Dilation}_{Pad}";
}

internal enum BinaryOutput
{
    Bits,
    Int8,
    Float,
}

/// <summary>What the code of a binary convolution depends on; depths of the input in words.</summary>
/// <param name="Corrected">Taps outside the input do not count the bits of their weights: each channel has a correction.</param>
/// <param name="Min">Lower bound of twice the count, or null where no count is below it.</param>
/// <param name="Max">The same of the upper bound.</param>
internal sealed record BinaryShape(
    int Batch, BinaryAxis Rows, BinaryAxis Columns, int InDepth, int FilterDepth, int OutDepth, BinaryOutput Output, bool Corrected, int? Min, int? Max)
{
    private const int MostPositions = 4096;

    public int Groups => InDepth / FilterDepth;

    public int GroupOutputs => OutDepth / Groups;

    /// <summary>Gets the words that an output channel reads.</summary>
    public int Words => Rows.Filter * Columns.Filter * FilterDepth;

    public int Scratch => Words * sizeof(int);

    /// <summary>Gets the words that the table has for a channel.</summary>
    public int Record => Output == BinaryOutput.Bits ? 1 : Corrected ? 3 : 2;

    public string Name =>
        $"lce_bconv_b{Batch}_y{Rows}_x{Columns}_d{InDepth}_{FilterDepth}_{OutDepth}_{Output}{(Corrected ? "_z" : "")}_a{Min}_{Max}".ToLowerInvariant().Replace('-', 'm');

    /// <summary>Null when the generated code cannot do it: more words than it counts, groups that share a word of bits, or an image that no device holds.</summary>
    public static BinaryShape? Of(PortableCall call, BinaryOutput output)
    {
        const string Prefix = "conv.shape";
        var shape = new BinaryShape(
            call[$"{Prefix}.batch"],
            BinaryAxis.Of(call, $"{Prefix}.rows"),
            BinaryAxis.Of(call, $"{Prefix}.columns"),
            call[$"{Prefix}.in_depth"],
            call[$"{Prefix}.filter_depth"],
            call[$"{Prefix}.out_depth"],
            output,
            call["conv.outside"] >= 0,
            output != BinaryOutput.Bits && call["min"] > 0 ? call["min"] : null,
            null);
        shape = shape with { Max = output != BinaryOutput.Bits && call["max"] < 2 * Bits.PerWord * shape.Words ? call["max"] : null };
        return shape.Words <= BinaryCount.MostWords && shape.Rows.Out <= MostPositions && shape.Columns.Out <= MostPositions && (output != BinaryOutput.Bits || shape.Groups == 1 || shape.GroupOutputs % Bits.PerWord == 0) ? shape : null;
    }

    public long Cycles(Core core)
    {
        var output = Output switch { BinaryOutput.Bits => 13, BinaryOutput.Float => 24, _ => 36 };
        var channels = OutDepth * (BinaryCount.Cycles(Words) + output + 6);
        var gather = 40 + (Groups * Words * 4) + (Groups * Rows.Filter * ((Columns.Filter * (16 + (FilterDepth * 3))) + 8));
        var pixels = (long)Batch * Rows.Out * Columns.Out;
        return (long)(pixels * (channels + gather) * (core == Core.CortexM7 ? 0.54 : 1)) + 100;
    }
}
