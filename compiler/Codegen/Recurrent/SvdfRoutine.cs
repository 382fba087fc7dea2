// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Patch;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>
/// The code of an SVDF: a routine of its own for the products with the features, then for each unit and filter
/// <code>
/// for each word of the state   moved on by one element while it is in a register, stored, multiplied with the filter over time
/// </code>
/// Operands: inputs are those of the products, then filters over time, bias, state; outputs tensor and state.
/// </summary>
internal sealed class SvdfRoutine(ThumbWriter w, SvdfShape shape)
{
    private const int TimeInput = 3;
    private static readonly Reg State = R(0);
    private static readonly Reg NewState = R(1);
    private static readonly Reg Time = R(2);
    private static readonly Reg Products = R(3);
    private static readonly Reg Bias = R(4);
    private static readonly Reg Out = R(5);
    private static readonly Reg Sum = R(6);
    private static readonly Reg Multiplier = R(12);
    private static readonly Reg Units = R(14);
    private static readonly Fp Filters = S(16);
    private static readonly Fp Parameters = S(17);
    private static readonly Fp Inputs = S(18);
    private static readonly Fp Outputs = S(19);
    private static readonly Fp ProductsAt = S(20);

    public static Routine Of(SvdfShape shape)
    {
        var (w, products) = (new ThumbWriter(shape.Name), PatchRoutine.Of(shape.Products));
        new SvdfRoutine(w, shape).Emit(products);
        return new Routine(shape.Name, w.ToString(), products);
    }

    private void Emit(Routine products)
    {
        w.Enter();
        w.Vmov(Parameters, R(0));
        w.Vmov(Inputs, R(1));
        w.Vmov(Outputs, R(2));
        w.Add(R(4), R(3), shape.Products.Scratch, R(5));
        w.Vmov(ProductsAt, R(4));
        w.Reserve(8);
        w.Str(R(4), R(13));
        w.Mov(R(2), R(13));
        w.Call(products);
        w.Release(8);

        w.Vmov(R(8), Inputs);
        w.Ldr(Time, R(8), TimeInput * sizeof(uint));
        w.Ldr(Bias, R(8), (TimeInput + 1) * sizeof(uint));
        w.Ldr(State, R(8), (TimeInput + 2) * sizeof(uint));
        w.Vmov(R(8), Outputs);
        w.Ldr(Out, R(8));
        w.Ldr(NewState, R(8), sizeof(uint));
        w.Vmov(Products, ProductsAt);
        w.Vmov(R(8), Parameters);
        w.Ldr(Multiplier, R(8));
        w.Repeat(Units, shape.Units, Unit);
        w.Leave();
    }

    private void Unit()
    {
        w.LdrThenAdd(Sum, Bias, 4);
        w.Repeat(Filters, shape.Rank, Filter);
        if (shape.Right < 0)
        {
            w.Lsl(Sum, Sum, -shape.Right);
        }

        w.RoundingHighMultiply(Sum, Multiplier, R(8));
        w.RoundingShift(Sum, Math.Max(0, shape.Right));
        w.AddSmall(Sum, shape.ZeroPoint);
        w.Sat8(Sum, unsigned: false, 0);
        w.StrbThenAdd(Sum, Out, 1);
    }

    private void Filter()
    {
        var (word, next, time, bits) = (R(7), R(8), R(11), 8 * shape.Element);
        w.Ldr(word, State);
        for (var at = 0; at < shape.Words; at++)
        {
            if (at < shape.Words - 1)
            {
                w.Ldr(next, State, 4 * (at + 1));
            }
            else
            {
                Newest(next);
            }

            w.Ldr(time, Time, 4 * at);
            w.Lsr(word, word, bits);
            w.Orr(word, word, next, 32 - bits);
            w.Str(word, NewState, 4 * at);
            if (shape.Element == 1)
            {
                foreach (var rotate in new[] { 0, 8 })
                {
                    w.Sxtb16(R(9), word, rotate);
                    w.Sxtb16(R(10), time, rotate);
                    w.Smlad(Sum, R(9), R(10));
                }
            }
            else
            {
                w.Smlad(Sum, word, time);
            }

            (word, next) = (next, word);
        }

        foreach (var pointer in new[] { State, NewState, Time })
        {
            w.AddSmall(pointer, 4 * shape.Words);
        }
    }

    // The zero point is added without saturation; bits above the element do not count.
    private void Newest(Reg next)
    {
        if (shape.Element == 1)
        {
            w.LdrbThenAdd(next, Products, 1);
        }
        else
        {
            w.Ldrh(next, Products, 0);
            w.AddSmall(Products, 2);
        }

        w.Add(next, next, shape.StateZeroPoint, R(9));
    }
}
