// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// Cortex-M4: loads in a row cost one cycle each after the first, so operands come in pairs. 16 SMLAD, 2 UXTB16 and 10 words loaded
/// in 32 MACs: about 1.05 cycles a MAC.
/// </summary>
internal sealed class ConvolutionScheduleM4 : IConvolutionSchedule
{
    private const int GroupCodeBytes = 100;
    private const int FlipCodeBytes = 8;
    private const int FewestGroups = 5;

    public bool LoadsAhead => false;

    public int MostGroups(int otherBytes, bool flips) => Math.Max(FewestGroups, (CodeBlock.LineCache - otherBytes) / (GroupCodeBytes + (flips ? FlipCodeBytes : 0)));

    public void Start(ThumbWriter w, Group first)
    {
    }

    public void Emit(ThumbWriter w, Group group, Group? next)
    {
        var (input, weights) = (R(12), R(14));
        var (x0, x1, a, b) = (R(8), R(9), R(10), R(11));

        w.Ldr(x0, input, group.Input);
        w.Ldr(x1, input, group.Input + group.PixelStep);
        w.Ldr(a, weights, group.Weights);
        w.Ldr(b, weights, group.Weights + 4);
        if (group.Flip)
        {
            w.Eor(x0, x0, MixedSigns.EvenTops);
            w.Eor(x1, x1, MixedSigns.EvenTops);
        }

        for (var half = 0; half < 2; half++)
        {
            for (var pair = 0; pair < 2; pair++)
            {
                if (half + pair > 0)
                {
                    w.Ldrd(a, b, weights, group.Weights + (16 * half) + (8 * pair));
                }

                if (half == 1 && pair == 0)
                {
                    w.Uxtb16(x0, x0);
                    w.Uxtb16(x1, x1);
                }

                w.Smlad(R(4 * pair), x0, a);
                w.Smlad(R((4 * pair) + 1), x1, a);
                w.Smlad(R((4 * pair) + 2), x0, b);
                w.Smlad(R((4 * pair) + 3), x1, b);
            }
        }
    }
}
