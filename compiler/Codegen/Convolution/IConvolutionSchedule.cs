// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// The order of instructions in the inner loop: two pixels times four channels. Registers: r0-r7 sums (pixel 0 and 1 of channel 0, then of
/// channel 1, ...), r12 the input at pixel 0, lr the expanded weights; r8-r11 are free.
/// </summary>
internal interface IConvolutionSchedule
{
    /// <summary>True when a group loads the first operands of the next one, which must then exist.</summary>
    bool LoadsAhead { get; }

    /// <summary>How many groups may stand in the loop over pixels.</summary>
    /// <param name="otherBytes">Code of that loop besides groups.</param>
    int MostGroups(int otherBytes, bool flips);

    /// <summary>What must precede the first group.</summary>
    void Start(ThumbWriter w, Group first);

    /// <summary>Four inputs of two pixels times four channels.</summary>
    /// <param name="next">The group that follows, or null.</param>
    void Emit(ThumbWriter w, Group group, Group? next);
}

/// <summary>Where the operands of a group are, in bytes from r12 and lr.</summary>
/// <param name="PixelStep">From pixel 0 to pixel 1.</param>
/// <param name="Flip">True when the input must be made <see cref="Ir.Layout.Msi"/>.</param>
internal readonly record struct Group(int Input, int Weights, int PixelStep, bool Flip);
