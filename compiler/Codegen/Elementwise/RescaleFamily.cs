// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Elementwise;

/// <summary>
/// Another quantization of numbers of 16 bits, to or from them; four elements a round, by the reference's own steps:
/// <code>
/// t = (x - input zero point) * 2^left                     the doubled number is one addition with a shift
/// t = (t * multiplier + 2^30) >> 31                       SMMULR of 2 t: its rounding 2^31 is that of 2^30 before doubling
/// t = (t + (t >> 31) + 2^(right - 1)) >> right            halves away from zero
/// </code>
/// and the zero point goes into the last sum.
/// </summary>
internal sealed class RescaleFamily : IFamily
{
    private const int Unrolled = 4;

    /// <summary>Of x - zero point; with the doubling and a shift to the left all stay inside a word.</summary>
    private const int InputBits = 17;

    /// <summary>A zero point of 16 bits shifted so far is added to a sum below 2^30.</summary>
    private const int MostRight = 14;

    private static readonly Reg In = R(0);
    private static readonly Reg Multiplier = R(1);
    private static readonly Reg Out = R(2);
    private static readonly Reg Rounds = R(3);
    private static readonly Reg Raised = R(8);
    private static readonly Reg Offset = R(9);
    private static readonly Reg[] Values = [R(4), R(5), R(6), R(7)];

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (PortableCall.Of(node, "requantize") is not { } call
            || node.Input.Type is not (ElementType.S8 or ElementType.S16) || node.Output.Type is not (ElementType.S8 or ElementType.S16))
        {
            return [];
        }

        var (left, right) = (Math.Max(call["shift"], 0), Math.Max(-call["shift"], 0));
        if (left > 30 - InputBits || right > MostRight)
        {
            return [];
        }

        var (from, to, count) = (node.Input.Type.Size(), node.Output.Type.Size(), call["count"]);
        var routine = RoutineOf(from, to, left + 1, right, count);
        Field[] parameters =
        [
            ("rounds", count / Unrolled),
            ("multiplier", call["multiplier"]),
            ("raised", -call["input_zero_point"] * (1 << (left + 1))),
            ("offset", (right > 0 ? 1 << (right - 1) : 0) + (call["zero_point"] << right)),
        ];
        return
        [
            new Candidate(
                "rescale",
                [Layout.RowMajor],
                [Layout.RowMajor],
                (count * (core == Core.CortexM7 ? 5L : 9L)) + 60,
                relaid => [new KernelCall("rescale", parameters, [relaid.Input], [relaid.Output]) { Routine = routine, Remark = "requantized by the reference's steps" }]),
        ];
    }

    private static Routine RoutineOf(int from, int to, int doubled, int right, int count)
    {
        var name = $"rescale_{8 * from}to{8 * to}_l{doubled}r{right}_{(count >= Unrolled ? "w" : "")}{count % Unrolled}";
        var w = new ThumbWriter(name);
        w.EnterCore();
        w.Ldm(R(0), R(3), R(4), R(8), R(9));
        w.Ldr(In, R(1));
        w.Ldr(Out, R(2));
        w.Mov(Multiplier, R(4));
        if (count >= Unrolled)
        {
            var loop = w.Loop();
            Elements(w, Values, from, to, doubled, right);
            w.AddSmall(In, Unrolled * from);
            w.AddSmall(Out, Unrolled * to);
            w.Subs(Rounds, 1);
            w.Branch("ne", loop);
        }

        Elements(w, Values[..(count % Unrolled)], from, to, doubled, right);
        w.LeaveCore();
        return new Routine(name, w.ToString());
    }

    private static void Elements(ThumbWriter w, Reg[] values, int from, int to, int doubled, int right)
    {
        foreach (var (index, value) in values.Index())
        {
            if (from == sizeof(short))
            {
                w.Ldrsh(value, In, index * from);
            }
            else
            {
                w.Ldrsb(value, In, index * from);
            }
        }

        Each(value => w.Add(value, Raised, value, doubled));
        Each(value => w.Smmulr(value, value, Multiplier));
        if (right > 0)
        {
            Each(value => w.AddSign(value));
        }

        Each(value => w.Add(value, value, Offset));
        Each(value =>
        {
            if (to == sizeof(short))
            {
                w.Sat16(value, right);
            }
            else
            {
                w.Sat8(value, unsigned: false, right);
            }
        });
        foreach (var (index, value) in values.Index())
        {
            if (to == sizeof(short))
            {
                w.Strh(value, Out, index * to);
            }
            else
            {
                w.Strb(value, Out, index * to);
            }
        }

        void Each(Action<Reg> what)
        {
            foreach (var value in values)
            {
                what(value);
            }
        }
    }
}
