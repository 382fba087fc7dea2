// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>Predicted cycles, without wait states, and lines of flash.</summary>
internal static class ConvolutionCost
{
    /// <summary>Stores reach all channels of a block in planes up to here.</summary>
    private const int LargestPlane = ThumbWriter.LargestOffset / (ConvolutionShape.BlockChannels - 1);

    /// <summary>Of weights that the compiler has expanded: each pair of pixels reads a block.</summary>
    public static long Lines(ConvolutionShape shape) => shape.Expands ? 0
        : (long)shape.Blocks * (shape.BlockBytes / Candidate.LineBytes) * shape.AllRows * ((shape.Pixels + 1) / 2);

    public static long Cycles(ConvolutionShape shape, Core core)
    {
        var m7 = core == Core.CortexM7;
        var group = (m7 ? 18.0 : 32.0) + (shape.FlipsInput ? (m7 ? 1 : 2) : 0) + (shape.Expands || m7 ? 0 : 1);
        var pair = (shape.Runs * shape.Groups * group) + Rounds(shape, m7 ? 12 : 8, m7 ? 5 : 7) + (m7 ? 50 : 66) + (shape.OutPlane > 3 * LargestPlane ? 6 : shape.OutPlane > LargestPlane ? 4 : 0);
        var block = (shape.Expands ? shape.Runs * shape.Groups * (m7 ? 18.0 : 29.0) : 0) + 60;
        var row = (((shape.Pixels + 1) / 2) * pair) + 16;
        var strip = shape.Strip is { } copied ? (copied.Bytes * (m7 ? 0.7 : copied.IsAligned ? 1.1 : 0.9)) + (copied.Rows * 20) : 0;
        var windows = shape.Windows is { } gathered ? shape.Rows * shape.Pixels * ((gathered.Words * (m7 ? 2.2 : 4.3)) + gathered.Runs + 6) : 0;
        return (long)((shape.Strips * ((shape.Blocks * block) + strip + windows)) + (shape.AllRows * shape.Blocks * row)) + 100;
    }

    // What the loops of a pair cost besides groups.
    private static double Rounds(ConvolutionShape shape, int most, int round)
    {
        if (shape.Runs * shape.Groups <= most)
        {
            return 0;
        }

        return shape.Groups <= most
            ? round * Math.Ceiling((double)shape.Runs / Math.Max(1, most / shape.Groups))
            : shape.Runs * ((round * Math.Ceiling((double)shape.Groups / most)) + (shape.Runs > 1 ? 10 : 0));
    }
}
