// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Pooling;

/// <summary>
/// The code of a pool:
/// <code>
/// for each row of outputs
///   for each output pixel
///     for each four channels      (sums of two channels in a word, or the largest elements of four)
///       for each run, for each pixel
/// </code>
/// Where signs are mixed, sums of even channels add unsigned numbers and start lower; the largest are sought among signed ones.
/// </summary>
internal sealed class PoolRoutine(ThumbWriter w, PoolShape shape)
{
    private static readonly Reg At = R(0);
    private static readonly Reg Group = R(1);
    private static readonly Reg Out = R(2);
    private static readonly Reg Groups = R(3);
    private static readonly Reg Even = R(4);
    private static readonly Reg Odd = R(5);
    private static readonly Reg Best = R(4);
    private static readonly Reg Rounds = R(8);
    private static readonly Reg Runs = R(9);
    private static readonly Reg Multiplier = R(10);
    private static readonly Reg EvenOffset = R(11);
    private static readonly Reg OddOffset = R(12);

    private static readonly Fp Rows = S(0);
    private static readonly Fp Columns = S(1);
    private static readonly Fp Row = S(2);
    private static readonly Fp Pixel = S(3);
    private static readonly Fp EvenStart = S(4);
    private static readonly Fp OddStart = S(5);

    public static Routine Of(PoolShape shape)
    {
        var w = new ThumbWriter(shape.Name);
        new PoolRoutine(w, shape).Emit();
        return new Routine(shape.Name, w.ToString());
    }

    private void Emit()
    {
        w.Enter();
        if (shape.Fit is not null)
        {
            w.Ldm(R(0), Multiplier, EvenOffset, OddOffset);
            w.Ldrd(R(4), R(5), R(0), 12);
            w.Vmov(EvenStart, R(4));
            w.Vmov(OddStart, R(5));
        }

        w.Ldr(Out, R(2));
        w.Ldr(R(4), R(1));
        w.Vmov(Row, R(4));
        Loop(Rows, shape.Rows, () =>
        {
            w.Vmov(R(4), Row);
            w.Vmov(Pixel, R(4));
            Loop(Columns, shape.Columns, OnePixel, () => w.Add(Pixel, shape.PixelStep, R(4), R(5)));
            w.Add(Out, Out, shape.OutGap, R(4));
        }, () => w.Add(Row, shape.RowStep, R(4), R(5)));
        w.Leave();
    }

    private void OnePixel()
    {
        w.Vmov(Group, Pixel);
        Counted(Groups, shape.Depth / 4, OneGroup);
        if (shape.Overlap > 0)
        {
            w.AddSmall(Group, -shape.Overlap);
            w.AddSmall(Out, -shape.Overlap);
            OneGroup();
        }
    }

    private void OneGroup()
    {
        if (shape.Fit is null)
        {
            w.Constant(Best, unchecked((int)0x80808080));
        }
        else
        {
            w.Vmov(Even, EvenStart);
            w.Vmov(Odd, OddStart);
        }

        w.Mov(At, Group);
        Counted(Runs, shape.Runs, () =>
        {
            Counted(Rounds, shape.RunPixels / shape.Unrolled, Round);
            if (shape.Runs > 1)
            {
                w.Add(At, At, shape.RunStep - (shape.RunPixels * shape.Depth), R(6));
            }
        });

        if (shape.Fit is { } fit)
        {
            Average(fit.Shift);
        }
        else
        {
            Largest();
        }

        w.StrThenAdd(R(4), Out, 4);
        w.AddSmall(Group, 4);
    }

    private void Round()
    {
        for (var pixel = 0; pixel < shape.Unrolled; pixel++)
        {
            var word = R(6 + (pixel % 2));
            w.Ldr(word, At, pixel * shape.Depth);
            if (shape.Fit is null)
            {
                if (shape.MixedInput)
                {
                    w.Eor(word, word, MixedSigns.EvenTops);
                }

                w.MaxBytes(Best, word, R(14));
            }
            else
            {
                w.AddBytes(Even, word, 0, unsigned: shape.MixedInput);
                w.AddBytes(Odd, word, 8, unsigned: false);
            }
        }

        w.Add(At, At, shape.Unrolled * shape.Depth, R(6));
    }

    private void Average(int shift)
    {
        w.Sxth(R(6), Even);
        w.Asr(R(7), Even, 16);
        w.Sxth(R(8), Odd);
        w.Asr(R(9), Odd, 16);
        foreach (var (sum, isEven) in new[] { (R(6), true), (R(8), false), (R(7), true), (R(9), false) })
        {
            w.AddSign(sum);
            w.Mla(sum, sum, Multiplier, isEven ? EvenOffset : OddOffset);
            var unsigned = isEven && shape.MixedOutput;
            w.Sat8(sum, unsigned, shift);
            Limit(sum, unsigned ? 128 : 0);
        }

        w.Bfi(R(6), R(8), 8, 8);
        w.Bfi(R(7), R(9), 8, 8);
        w.Halves(R(4), R(6), R(7));
    }

    private void Largest()
    {
        if (shape.Min > sbyte.MinValue)
        {
            w.Constant(R(6), Four(shape.Min));
            w.MaxBytes(Best, R(6), R(14));
        }

        if (shape.Max < sbyte.MaxValue)
        {
            w.Constant(R(6), Four(shape.Max));
            w.MinBytes(Best, R(6), R(14));
        }

        if (shape.MixedOutput)
        {
            w.Eor(Best, Best, MixedSigns.EvenTops);
        }
    }

    private void Limit(Reg sum, int raised)
    {
        if (shape.Min > sbyte.MinValue)
        {
            w.Limit(sum, shape.Min + raised, low: true);
        }

        if (shape.Max < sbyte.MaxValue)
        {
            w.Limit(sum, shape.Max + raised, low: false);
        }
    }

    private static int Four(int value) => unchecked((byte)value * 0x01010101);

    private void Counted(Reg counter, int rounds, Action body)
    {
        if (rounds == 1)
        {
            body();
            return;
        }

        w.Constant(counter, rounds);
        var loop = w.Loop();
        body();
        w.Subs(counter, 1);
        w.Branch("ne", loop);
    }

    private void Loop(Fp counter, int rounds, Action body, Action next)
    {
        if (rounds == 1)
        {
            body();
            return;
        }

        w.Constant(R(6), rounds);
        w.Vmov(counter, R(6));
        var loop = w.Loop();
        body();
        next();
        w.Vmov(R(6), counter);
        w.Subs(R(6), 1);
        w.Vmov(counter, R(6));
        w.Branch("ne", loop);
    }
}
