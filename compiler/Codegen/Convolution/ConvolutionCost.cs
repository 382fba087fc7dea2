// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>Predicted cycles, without wait states.</summary>
internal static class ConvolutionCost
{
    public static long Cycles(ConvolutionShape shape, Core core)
    {
        var m7 = core == Core.CortexM7;
        var group = (m7 ? 18.0 : 32.0) + (shape.FlipsInput ? (m7 ? 1 : 2) : 0);
        var pair = (shape.Runs * ((shape.Groups * group) + (shape.Groups > 12 ? 10 + shape.Groups : 6))) + (m7 ? 50 : 66);
        var block = (shape.Runs * shape.Groups * (m7 ? 18.0 : 29.0)) + 60 + (shape.Rows * ((((shape.Pixels + 1) / 2) * pair) + 16));
        var strip = shape.Strip is { } copied ? (copied.Bytes * (m7 ? 0.7 : 1.1)) + (copied.Rows * 20) : 0;
        return (long)(shape.Strips * ((shape.Blocks * block) + strip)) + 100;
    }
}
