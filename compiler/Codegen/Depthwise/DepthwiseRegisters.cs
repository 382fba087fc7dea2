// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>Where the parts of a depthwise routine keep things. Core registers are those of the innermost loop.</summary>
internal static class DepthwiseRegisters
{
    public const int FirstSum = 6;

    public static readonly Reg In = R(12);
    public static readonly Reg Out = R(14);

    // Free between the sums of two blocks.
    public static readonly Reg Spare = R(10);
    public static readonly Reg OtherSpare = R(11);

    // Constants of the channel, in the order of the table. With one shift for all channels, the offset is the layer's.
    public static readonly Fp Start = S(0);
    public static readonly Fp Multiplier = S(1);
    public static readonly Fp Offset = S(2);
    public static readonly Fp Shift = S(3);
    public static readonly Fp LeftShift = S(2);

    public static readonly Fp RowsLeft = S(5);
    public static readonly Fp ColumnsEnd = S(6);
    public static readonly Fp Input = S(7);
    public static readonly Fp Weights = S(8);
    public static readonly Fp Table = S(9);
    public static readonly Fp Output = S(10);
    public static readonly Fp ChannelsLeft = S(11);
    public static readonly Fp Plane = S(12);
    public static readonly Fp SavedIn = S(13);
    public static readonly Fp Words = S(14);
    public static readonly Fp SavedOut = S(15);
    public static readonly Fp OutputsLeft = S(16);
    public static readonly Fp Back = S(17);
    public static readonly Fp Border = S(18);

    public static Reg Sum(int index) => R(FirstSum + index);
}
