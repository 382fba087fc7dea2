// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// Cortex-M7: an SMLAD and a load issue together, so each load stands beside a MAC that does not need it yet, and a group loads
/// the first operands of the next one.
/// </summary>
internal sealed class ConvolutionScheduleM7 : IConvolutionSchedule
{
    private const int GroupsOfKilobyte = 12;

    public bool LoadsAhead => true;

    public int MostGroups(int otherBytes, bool flips) => GroupsOfKilobyte;

    public void Start(ThumbWriter w, Group first)
    {
        w.Ldr(R(8), R(12), first.Input);
        w.Ldr(R(10), R(14), first.Weights);
        w.Ldr(R(9), R(12), first.Input + first.PixelStep);
    }

    public void Emit(ThumbWriter w, Group group, Group? next)
    {
        var (input, weights) = (R(12), R(14));
        var (x0, x1, a, b) = (R(8), R(9), R(10), R(11));

        if (group.Flip)
        {
            w.Eor(x0, x0, MixedSigns.EvenTops);
            w.Eor(x1, x1, MixedSigns.EvenTops);
        }

        w.Smlad(R(0), x0, a);
        w.Ldr(b, weights, group.Weights + 4);
        w.Smlad(R(1), x1, a);
        w.Ldr(a, weights, group.Weights + 8);
        w.Smlad(R(2), x0, b);
        w.Smlad(R(3), x1, b);
        w.Ldr(b, weights, group.Weights + 12);
        w.Smlad(R(4), x0, a);
        w.Smlad(R(5), x1, a);
        w.Ldr(a, weights, group.Weights + 16);
        w.Smlad(R(6), x0, b);
        w.Uxtb16(x0, x0);
        w.Smlad(R(7), x1, b);
        w.Ldr(b, weights, group.Weights + 20);
        w.Smlad(R(0), x0, a);
        w.Uxtb16(x1, x1);
        w.Smlad(R(2), x0, b);
        w.Smlad(R(1), x1, a);
        w.Ldr(a, weights, group.Weights + 24);
        w.Smlad(R(3), x1, b);
        w.Ldr(b, weights, group.Weights + 28);
        w.Smlad(R(4), x0, a);
        w.Smlad(R(5), x1, a);
        if (next is { } after)
        {
            w.Ldr(a, weights, after.Weights);
            w.Smlad(R(6), x0, b);
            w.Ldr(x0, input, after.Input);
            w.Smlad(R(7), x1, b);
            w.Ldr(x1, input, after.Input + after.PixelStep);
        }
        else
        {
            w.Smlad(R(6), x0, b);
            w.Smlad(R(7), x1, b);
        }
    }
}
