// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>Predicted cycles, without wait states.</summary>
internal static class DepthwiseCost
{
    public static long Cycles(DepthwiseShape shape, Core core)
    {
        var outputs = (double)shape.Rows.Out * shape.Columns.Out;
        var taps = shape.Rows.Filter * shape.Columns.Filter;
        var copied = shape.Rows.In * ((shape.Columns.In * 2.2) + 8);
        var output = (taps * (shape.KeepsWeights ? 0.9 : 1.3)) + (shape.Stage is null ? 20 : 6);
        var channel = copied + (outputs * output) + 80 + (3 * taps);
        var border = shape.IsBordered ? shape.PlaneBytes / 2.5 : 0;
        return (long)((shape.Channels * channel) + (shape.Passes * border)) + 100;
    }
}
