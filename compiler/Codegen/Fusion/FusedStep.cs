// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Codegen.Arithmetic;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Fusion;

/// <summary>One elementwise op inside a fused one, by the arithmetic that its own kernel has.</summary>
/// <param name="Operands">Steps before it, or leaves, counted from ~0 down.</param>
internal abstract record FusedStep(IReadOnlyList<int> Operands)
{
    /// <summary>For reports.</summary>
    public abstract string Kind { get; }

    /// <summary>Says everything the code depends on but for operands.</summary>
    public abstract string Name { get; }

    /// <summary>Words that the code finds in <see cref="FusedRegisters.Constants"/>; at most three.</summary>
    public virtual IReadOnlyList<int> Constants => [];

    /// <summary>Of a table; the code finds its address in the first of <see cref="FusedRegisters.Constants"/>.</summary>
    public virtual byte[]? Entries => null;

    /// <summary>True when current elements must be sign extended; otherwise their lowest bytes will do.</summary>
    public virtual bool ReadsWords => true;

    public abstract void Emit(ThumbWriter w, FusedRegisters at);

    protected static string Bounds(int min, int max) => $"{(min > sbyte.MinValue ? $"l{min + 128}" : "")}{(max < sbyte.MaxValue ? $"h{max + 128}" : "")}";

    protected static void Saturate(ThumbWriter w, FusedRegisters at, int shift, int min, int max)
    {
        at.Each(element => w.Sat8(element, unsigned: false, shift));
        if (min > sbyte.MinValue)
        {
            at.Each(element => w.Limit(element, min, low: true));
        }

        if (max < sbyte.MaxValue)
        {
            at.Each(element => w.Limit(element, max, low: false));
        }
    }
}

/// <summary>A table of 256 bytes.</summary>
internal sealed record FusedTable(int Operand, byte[] Table) : FusedStep([Operand])
{
    public override string Kind => "look_up";

    public override string Name => "t";

    public override byte[] Entries => Table;

    public override bool ReadsWords => false;

    public override void Emit(ThumbWriter w, FusedRegisters at)
    {
        at.Each((element, lane) => w.Byte(element, at.First is { } word ? word : element, at.First is null ? 0 : lane, unsigned: true));
        at.Each(element => w.LdrsbAt(element, FusedRegisters.Constants[0], element));
    }
}

/// <summary>(a * AMultiplier + b * BMultiplier + Offset) >> Shift: <see cref="Ops.LinearFit"/> has proved it.</summary>
internal sealed record FusedSum(int A, int B, int AMultiplier, int BMultiplier, int Offset, int Shift, int Min, int Max) : FusedStep([A, B])
{
    public override string Kind => "add";

    public override string Name => $"a{Shift}{Bounds(Min, Max)}";

    public override IReadOnlyList<int> Constants => [AMultiplier, BMultiplier, Offset];

    public override void Emit(ThumbWriter w, FusedRegisters at)
    {
        var (first, second, offset) = (FusedRegisters.Constants[at.IsSwapped ? 1 : 0], FusedRegisters.Constants[at.IsSwapped ? 0 : 1], FusedRegisters.Constants[2]);
        if (at.First is { } word)
        {
            at.Each((element, lane) => w.Byte(element, word, lane, unsigned: false));
        }

        if (at.Second is { } other)
        {
            at.Each(element => w.Mla(element, element, first, offset));
            at.Pairs((_, lane, spare) => w.Byte(spare, other, lane, unsigned: false), (element, _, spare) => w.Mla(element, spare, second, element));
        }
        else
        {
            at.Pairs((element, _, spare) => w.Mla(spare, element, first, offset), (element, _, spare) => w.Mla(element, element, second, spare));
        }

        Saturate(w, at, Shift, Min, Max);
    }
}

/// <summary>The product of both operands less their zero points, requantized in one of two ways.</summary>
internal abstract record FusedProduct(int A, int B, int ARaised, int BRaised, int Min, int Max) : FusedStep([A, B])
{
    protected static readonly Reg Multiplier = FusedRegisters.Constants[0];
    protected static readonly Reg Offset = FusedRegisters.Constants[1];

    public sealed override string Kind => "mul";

    public sealed override string Name => $"m{Form}r{ARaised + 128}r{BRaised + 128}{Bounds(Min, Max)}";

    protected abstract string Form { get; }

    public override void Emit(ThumbWriter w, FusedRegisters at)
    {
        var (first, second) = at.IsSwapped ? (BRaised, ARaised) : (ARaised, BRaised);
        if (at.Second is null)
        {
            at.Pairs((element, _, spare) => w.Add(spare, element, second, R(0)), (element, _, spare) =>
            {
                w.Add(element, element, first, R(0));
                w.Mul(element, element, spare);
            });
        }
        else
        {
            if (at.First is { } word)
            {
                Raise(w, first);
                at.Each((element, lane) => Byte(w, element, word, lane, first));
            }
            else
            {
                at.Each(element => w.Add(element, element, first, R(0)));
            }

            Raise(w, second);
            at.Pairs((_, lane, spare) => Byte(w, spare, at.Second.Value, lane, second), (element, _, spare) => w.Mul(element, element, spare));
        }

        Requantize(w, at);
    }

    protected abstract void Requantize(ThumbWriter w, FusedRegisters at);

    private static void Raise(ThumbWriter w, int value)
    {
        if (value != 0)
        {
            w.MovImmediate(FusedRegisters.Raised, (uint)value);
        }
    }

    private static void Byte(ThumbWriter w, Reg to, Reg word, int lane, int raised)
    {
        if (raised == 0)
        {
            w.Byte(to, word, lane, unsigned: false);
        }
        else
        {
            w.AddByte(to, FusedRegisters.Raised, word, lane);
        }
    }
}

/// <summary>A product of 16 bits; <see cref="HalfProductFit"/> has proved it.</summary>
internal sealed record FusedHalfProduct(int A, int B, int ARaised, int BRaised, HalfProductFit Fit, int Min, int Max) : FusedProduct(A, B, ARaised, BRaised, Min, Max)
{
    public override IReadOnlyList<int> Constants => [Fit.Multiplier, Fit.Offset];

    protected override string Form => $"h{Fit.Shift}{(Fit.TakesSign ? "s" : "")}";

    protected override void Requantize(ThumbWriter w, FusedRegisters at)
    {
        if (Fit.TakesSign)
        {
            at.Each(w.AddSign);
        }

        at.Each(element => w.Smlawb(element, Multiplier, element, Offset));
        Saturate(w, at, Fit.Shift, Min, Max);
    }
}

/// <summary>A product in the two roundings of <see cref="RoundedStage"/>.</summary>
internal sealed record FusedRoundedProduct(int A, int B, int ARaised, int BRaised, RoundedChannel Channel, int Min, int Max) : FusedProduct(A, B, ARaised, BRaised, Min, Max)
{
    public override IReadOnlyList<int> Constants => [Channel.Multiplier, Channel.Offset];

    protected override string Form => $"d{Channel.Shift}";

    protected override void Requantize(ThumbWriter w, FusedRegisters at)
    {
        at.Each(element => w.Add(element, element, element));
        at.Pairs((element, _, spare) => w.Smmlar(spare, element, Multiplier, Offset), (element, _, spare) => w.AddAsr(element, spare, element, 31));
        Saturate(w, at, Channel.Shift, Min, Max);
    }
}

/// <summary>Any product, by the formula of <see cref="OutputStage"/>.</summary>
internal sealed record FusedWideProduct(int A, int B, int ARaised, int BRaised, OutputChannel Channel, int Min, int Max) : FusedProduct(A, B, ARaised, BRaised, Min, Max)
{
    private static readonly Reg Delta = FusedRegisters.Constants[2];

    public override IReadOnlyList<int> Constants => [Channel.Multiplier, Channel.Offset, Channel.Delta];

    protected override string Form => $"w{Channel.Shift}n{-Channel.SignFix}";

    protected override void Requantize(ThumbWriter w, FusedRegisters at)
    {
        at.Each(element => w.Add(element, Delta, element, 8));
        if (Channel.SignFix == 0)
        {
            at.Each(element => w.Smmla(element, Multiplier, Offset));
        }
        else
        {
            at.Pairs(
                (element, _, spare) =>
                {
                    w.Asr(spare, element, 31);
                    w.BicLowBits(spare, BitOperations.Log2((uint)-Channel.SignFix));
                    w.Add(spare, spare, Offset);
                },
                (element, _, spare) => w.Smmla(element, Multiplier, spare));
        }

        Saturate(w, at, Channel.Shift, Min, Max);
    }
}

/// <summary>The larger or the smaller operand.</summary>
internal sealed record FusedExtremum(int A, int B, bool IsMaximum) : FusedStep([A, B])
{
    public override string Kind => IsMaximum ? "maximum" : "minimum";

    public override string Name => IsMaximum ? "x" : "n";

    public override void Emit(ThumbWriter w, FusedRegisters at)
    {
        if (at.First is { } word)
        {
            at.Each((element, lane) => w.Byte(element, word, lane, unsigned: false));
        }

        if (at.Second is { } other)
        {
            at.Pairs((_, lane, spare) => w.Byte(spare, other, lane, unsigned: false), (element, _, spare) => w.Limit(element, spare, low: IsMaximum));
        }
    }
}
