// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Elementwise;

/// <summary>
/// QUANTIZE of floats: the quotient is IEEE's, so that the divider sets the pace; beside it a Cortex-M4 does the work of the element before. A quotient is
/// cut to one bit of fraction, t, and (t + (t >> 31) + 1) >> 1 is it rounded with halves away from zero. NaN gives the lowest value, as in
/// the portable kernel.
/// </summary>
internal sealed class FromFloatFamily : IFamily
{
    private const int FractionBits = 1;

    /// <summary>Of a quotient, more than any type has, so that nothing overflows afterwards.</summary>
    private const int QuotientBits = 24;

    private static readonly Reg In = R(0);
    private static readonly Reg Value = R(1);
    private static readonly Reg Out = R(2);
    private static readonly Reg End = R(4);
    private static readonly Reg Offset = R(5);
    private static readonly Reg Lowest = R(6);
    private static readonly Reg Quotient = R(7);
    private static readonly Fp Scale = S(0);
    private static readonly Fp Real = S(1);

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (PortableCall.Of(node, "quantize_f32") is not { } call)
        {
            return [];
        }

        var (type, count) = (node.Output.Type, call["count"]);
        return
        [
            new Candidate(
                "quantize",
                [Layout.RowMajor],
                [Layout.RowMajor],
                (count * (core == Core.CortexM7 ? 33L : 20)) + 60,
                relaid =>
                [
                    new KernelCall(
                        "quantize",
                        [("scale", relaid.Output.Quantization!.Scale), ("bytes", sizeof(float) * (count - 1)), ("offset", (2 * call["zero_point"]) + 1), ("lowest", -(1 << (QuotientBits - 1)))],
                        [relaid.Input],
                        [relaid.Output])
                    {
                        Routine = RoutineOf(type),
                        Remark = "beside the divider",
                    },
                ]),
        ];
    }

    private static Routine RoutineOf(ElementType type)
    {
        var name = $"quantize_{(type == ElementType.S8 ? "s8" : type == ElementType.U8 ? "u8" : "s16")}";
        var w = new ThumbWriter(name);
        var last = w.NewLabel();

        w.EnterCore();
        w.Ldm(R(0), R(3), R(4), R(5), R(6));
        w.Vmov(Scale, R(3));
        w.Ldr(In, R(1));
        w.Ldr(Out, R(2));
        w.Add(End, In, End);
        Load();
        Collect();
        w.Cmp(In, End);
        w.Branch("hi", last);

        var loop = w.Loop();
        Load();
        Store();
        Collect();
        w.Cmp(In, End);
        w.Branch("ls", loop);

        w.Label(last);
        Store();
        w.LeaveCore();
        return new Routine(name, w.ToString());

        void Load()
        {
            w.LdrThenAdd(Value, In, sizeof(float));
            w.Vmov(Real, Value);
            w.Vdiv(Real, Real, Scale);
        }

        // A NaN is above infinity when its sign is shifted out.
        void Collect()
        {
            w.Add(Value, Value, Value);
            w.Cmp(Value, unchecked((int)0xFF000000));
            w.VcvtToFixed(Real, FractionBits);
            w.Vmov(Quotient, Real);
            w.MovIf("hi", Quotient, Lowest);
        }

        void Store()
        {
            w.Saturate(Quotient, QuotientBits);
            w.AddSign(Quotient);
            w.Add(Quotient, Quotient, Offset);
            if (type == ElementType.S16)
            {
                w.Sat16(Quotient, FractionBits);
                w.StrhThenAdd(Quotient, Out, sizeof(short));
            }
            else
            {
                w.Sat8(Quotient, type == ElementType.U8, FractionBits);
                w.StrbThenAdd(Quotient, Out, 1);
            }
        }
    }
}
