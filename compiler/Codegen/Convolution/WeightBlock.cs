// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// Expands the row-major weights of four channels into scratch. Of the weights w0..w3 of a group, each channel gets
/// <code>A = (w1, w3)    B = (256 * w0 - w1, 256 * w2 - w3)    as pairs of int16</code>
/// With inputs u0, b1, u2, b3 of a word in <see cref="Ir.Layout.Msi"/> (u unsigned), whose halfwords are 256 * b1 + u0 and 256 * b3 + u2:
/// <code>SMLAD(word, A) + SMLAD(UXTB16(word), B) = 256 * (w0 * u0 + w1 * b1 + w2 * u2 + w3 * b3)</code>
/// Stored as A of four channels, then B of four channels: 32 bytes a group.
/// </summary>
internal static class WeightBlock
{
    private const int Mask = unchecked((int)0xFF00FF00);

    /// <summary>False when 256 * w0 - w1 would not fit 16 bits.</summary>
    public static bool Fits(ReadOnlySpan<sbyte> weights) => !weights.Contains(sbyte.MinValue);

    /// <summary>The blocks of all channels, as <see cref="Expand"/> makes them one by one.</summary>
    public static ConstantOperand Of(ReadOnlySpan<sbyte> weights, ConvolutionShape shape)
    {
        const int Channels = ConvolutionShape.BlockChannels;
        var expanded = new List<int>();
        for (var block = 0; block < shape.Blocks; block++)
        {
            var first = Math.Min(block * Channels, Math.Max(0, shape.OutDepth - Channels));
            for (var run = 0; run < shape.Runs; run++)
            {
                for (var group = 0; group < shape.Groups; group++)
                {
                    var words = new (int A, int B)[Channels];
                    for (var channel = 0; channel < Channels && first + channel < shape.OutDepth; channel++)
                    {
                        words[channel] = Group(weights.Slice(((first + channel) * shape.KernelBytes) + (run * shape.RunBytes) + shape.GroupOffset(group), 4), group == shape.Groups - 1 ? shape.Overlap : 0);
                    }

                    expanded.AddRange([.. words.Select(word => word.A), .. words.Select(word => word.B)]);
                }
            }
        }

        return ConstantOperand.Of("expanded weights", [.. expanded]);
    }

    private static (int A, int B) Group(ReadOnlySpan<sbyte> weights, int overlap)
    {
        var (w0, w1, w2, w3) = (overlap > 0 ? 0 : weights[0], overlap > 1 ? 0 : weights[1], overlap > 2 ? 0 : weights[2], (int)weights[3]);
        static int Pair(int low, int high) => (high << 16) | (low & 0xFFFF);
        return (Pair(w1, w3), Pair((256 * w0) - w1, (256 * w2) - w3));
    }

    /// <summary>Uses all registers; <paramref name="end"/> is lost.</summary>
    /// <param name="weights">Holds the address of the first channel's weights.</param>
    /// <param name="block">Holds the address of the expanded block.</param>
    public static void Expand(ThumbWriter w, ConvolutionShape shape, Fp weights, Fp block, Fp end, Fp runs)
    {
        var (rows, to, mask) = (new[] { R(0), R(1), R(2), R(3) }, R(14), R(12));
        w.Vmov(rows[0], weights);
        for (var channel = 1; channel < rows.Length; channel++)
        {
            w.Add(rows[channel], rows[channel - 1], shape.KernelBytes, R(4));
        }

        w.Vmov(to, block);
        w.Constant(mask, Mask);

        if (shape.Overlap == 0)
        {
            Groups(w, shape.Runs * shape.Groups, end);
            return;
        }

        w.Constant(R(4), shape.Runs);
        w.Vmov(runs, R(4));
        var run = w.Loop();
        Groups(w, shape.Groups - 1, end);
        Group(w, shape.Overlap);
        w.Vmov(R(4), runs);
        w.Subs(R(4), 1);
        w.Vmov(runs, R(4));
        w.Branch("ne", run);
    }

    private static void Groups(ThumbWriter w, int count, Fp end)
    {
        const int GroupBytes = 32;
        var unrolled = count % 2 == 0 ? 2 : 1;
        if (count <= unrolled)
        {
            for (var i = 0; i < count; i++)
            {
                Group(w, overlap: 0);
            }

            return;
        }

        w.Add(R(4), R(14), count * GroupBytes, R(5));
        w.Vmov(end, R(4));
        var loop = w.Loop();
        for (var i = 0; i < unrolled; i++)
        {
            Group(w, overlap: 0);
        }

        w.Vmov(R(4), end);
        w.Cmp(R(14), R(4));
        w.Branch("ne", loop);
    }

    // Bytes that the group before has too count as zero weights.
    private static void Group(ThumbWriter w, int overlap)
    {
        for (var channel = 0; channel < 4; channel++)
        {
            if (overlap == 0)
            {
                w.LdrThenAdd(R(4 + channel), R(channel), 4);
            }
            else
            {
                w.Ldr(R(4 + channel), R(channel), -overlap);
                w.Add(R(channel), R(channel), 4 - overlap, R(8));
                w.BicLowBytes(R(4 + channel), overlap);
            }
        }

        for (var channel = 0; channel < 4; channel++)
        {
            w.Sxtb16(R(8 + channel), R(4 + channel), 8);
            w.And(R(4 + channel), R(12), R(4 + channel), 8);
            w.Ssub16(R(4 + channel), R(4 + channel), R(8 + channel));
        }

        w.StmThenAdd(R(14), R(8), R(9), R(10), R(11));
        w.StmThenAdd(R(14), R(4), R(5), R(6), R(7));
    }
}
