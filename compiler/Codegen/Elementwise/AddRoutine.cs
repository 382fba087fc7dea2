// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Elementwise;

/// <summary>
/// The code of an addition, four elements a round. Loads, extensions and products of two elements alternate, so that a core with two
/// pipelines finds pairs. The output may lie over either input: a word is stored after both have been read.
/// </summary>
internal sealed class AddRoutine(ThumbWriter w, AddShape shape)
{
    private static readonly Reg InA = R(0);
    private static readonly Reg InB = R(1);
    private static readonly Reg Out = R(2);
    private static readonly Reg Words = R(3);
    private static readonly Reg FactorA = R(4);
    private static readonly Reg FactorB = R(5);
    private static readonly Reg EvenOffset = R(6);
    private static readonly Reg OddOffset = R(7);
    private static readonly Reg A = R(8);
    private static readonly Reg B = R(9);

    public static Routine Of(AddShape shape)
    {
        var w = new ThumbWriter(shape.Name);
        new AddRoutine(w, shape).Emit();
        return new Routine(shape.Name, w.ToString());
    }

    private void Emit()
    {
        w.Enter();
        w.Ldm(R(0), Words, FactorA, FactorB, EvenOffset, OddOffset);
        w.Ldr(Out, R(2));
        w.Ldm(R(1), InA, InB);
        if (shape.Words > 0)
        {
            var loop = w.Loop();
            w.LdrThenAdd(A, InA, 4);
            w.LdrThenAdd(B, InB, 4);
            Pair(0, R(10), R(12), R(11), R(14));
            w.Bfi(R(10), R(12), 8, 8);
            Pair(2, R(11), R(12), R(14), B);
            w.Bfi(R(11), R(12), 8, 8);
            w.Halves(R(10), R(10), R(11));
            w.StrThenAdd(R(10), Out, 4);
            w.Subs(Words, 1);
            w.Branch("ne", loop);
        }

        for (var element = 0; element < shape.Rest; element++)
        {
            w.Ldrb(A, InA, element);
            w.Ldrb(B, InB, element);
            w.Byte(R(10), A, 0, IsUnsigned(element, shape.MixedA));
            w.Byte(R(11), B, 0, IsUnsigned(element, shape.MixedB));
            w.Mla(R(10), R(10), FactorA, OffsetOf(element));
            w.Mla(R(10), R(11), FactorB, R(10));
            Saturate(R(10), element);
            w.Strb(R(10), Out, element);
        }

        w.Leave();
    }

    /// <summary>Elements <paramref name="at"/> and at + 1 of a word; the second pair may lose the word of b.</summary>
    private void Pair(int at, Reg even, Reg odd, Reg evenB, Reg oddB)
    {
        w.Byte(even, A, at, IsUnsigned(at, shape.MixedA));
        w.Byte(evenB, B, at, IsUnsigned(at, shape.MixedB));
        w.Mla(even, even, FactorA, EvenOffset);
        w.Byte(odd, A, at + 1, unsigned: false);
        w.Mla(even, evenB, FactorB, even);
        w.Byte(oddB, B, at + 1, unsigned: false);
        w.Mla(odd, odd, FactorA, OddOffset);
        Saturate(even, at);
        w.Mla(odd, oddB, FactorB, odd);
        Saturate(odd, at + 1);
    }

    private void Saturate(Reg sum, int element)
    {
        var unsigned = IsUnsigned(element, shape.MixedOutput);
        w.Sat8(sum, unsigned, shape.Shift);
        var raised = unsigned ? 128 : 0;
        if (shape.Min > sbyte.MinValue)
        {
            w.Limit(sum, shape.Min + raised, low: true);
        }

        if (shape.Max < sbyte.MaxValue)
        {
            w.Limit(sum, shape.Max + raised, low: false);
        }
    }

    private static Reg OffsetOf(int element) => element % 2 == 0 ? EvenOffset : OddOffset;

    private static bool IsUnsigned(int element, bool mixed) => mixed && element % 2 == 0;
}
