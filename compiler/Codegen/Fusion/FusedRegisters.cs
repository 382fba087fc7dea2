// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Fusion;

/// <summary>
/// Where a step of a fused op finds its operands: up to four elements in registers of their own, which it turns into its results, and words of four
/// bytes. The elements in registers come first, whichever operand they are.
/// </summary>
/// <param name="Lanes">Elements: four, or fewer at the end.</param>
/// <param name="First">The word that the elements come from; null: they are in their registers.</param>
/// <param name="Second">The word of the other operand; null where there is none, or both are the elements in registers.</param>
/// <param name="IsSwapped">The elements in registers are the second operand.</param>
internal sealed record FusedRegisters(int Lanes, Reg? First, Reg? Second, bool IsSwapped)
{
    public static readonly Reg[] Constants = [R(2), R(3), R(4)];
    public static readonly Reg Raised = R(6);
    public static readonly Reg WordA = R(7);
    public static readonly Reg WordB = R(8);
    public static readonly Reg Spare = R(9);
    public static readonly Reg[] Elements = [R(10), R(11), R(12), R(14)];

    public void Each(Action<Reg> what) => Each((element, _) => what(element));

    public void Each(Action<Reg, int> what)
    {
        foreach (var (lane, element) in Elements[..Lanes].Index())
        {
            what(element, lane);
        }
    }

    /// <summary>Two things for each element, two elements beside each other, each with a register for what goes from the one to the other.</summary>
    public void Pairs(Action<Reg, int, Reg> before, Action<Reg, int, Reg> after)
    {
        // The first word has been taken apart.
        Reg[] spares = [Spare, WordA];
        for (var lane = 0; lane < Lanes; lane += spares.Length)
        {
            foreach (var what in new[] { before, after })
            {
                for (var i = lane; i < Math.Min(Lanes, lane + spares.Length); i++)
                {
                    what(Elements[i], i, spares[i - lane]);
                }
            }
        }
    }
}
