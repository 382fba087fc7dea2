// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Elementwise;

/// <summary>MUL of int8 and int16, ADD and SUB of int16, and those of int8 where an operand is repeated.</summary>
internal sealed class BroadcastFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not BinaryOp || node.PortableCalls is not [var portable])
        {
            return [];
        }

        var call = new PortableCall(portable);
        (string Family, RowKernel? Kernel) found = portable.Kernel switch
        {
            "mul_s8" => ("mul", Product(call)),
            "add_s8" when !call.IsEven => ("add", LinearSum.Of(call, RowWalk.Of(call, 1))),
            "mul_s16" when call["shift"] <= 0 => ("mul", new RoundedProduct(RowWalk.Of(call, 2), call["multiplier"], -call["shift"], call["min"], call["max"])),
            "add_rescaled_s16" => ("add", RoundedSum.Of(call, RowWalk.Of(call, 2))),
            _ => ("", null),
        };

        return found.Kernel is not { } kernel ? [] :
        [
            new Candidate(
                found.Family,
                [.. node.Inputs.Select(_ => Layout.RowMajor)],
                [Layout.RowMajor],
                kernel.Cycles(core),
                relaid =>
                [
                    new KernelCall(found.Family, kernel.Parameters, kernel.Walk.IsSwapped ? [relaid.Inputs[1], relaid.Inputs[0]] : [relaid.Inputs[0], relaid.Inputs[1]], [relaid.Output])
                    {
                        Routine = kernel.Routine,
                        Remark = kernel.Remark,
                    },
                ]),
        ];
    }

    /// <summary>How a product of int8 is requantized; null where no single multiplication is right. Less their zero points, it is an accumulator like any other.</summary>
    public static OutputChannel? ChannelOf(PortableCall call) =>
        OutputStage.Search([RangeOf(call)], [ScaleOf(call)], call["zero_point"], call["min"], call["max"])?.Channels[0];

    /// <summary>The same for a product of 16 bits.</summary>
    public static HalfProductFit? HalfOf(PortableCall call) => HalfProductFit.Find(RangeOf(call), ScaleOf(call), call["zero_point"], call["min"], call["max"]);

    /// <summary>The same in the reference's own two roundings.</summary>
    public static RoundedChannel? RoundedOf(PortableCall call) =>
        RoundedStage.Of([RangeOf(call)], [ScaleOf(call)], call["zero_point"], call["min"], call["max"])?.Channels[0];

    private static Requantization ScaleOf(PortableCall call) => new(call["multiplier"], call["shift"]);

    private static AccumulatorRange RangeOf(PortableCall call)
    {
        const int Low = sbyte.MinValue;
        const int High = sbyte.MaxValue;
        var (a, b) = (call["a_zero_point"], call["b_zero_point"]);
        int[] ends = [(Low - a) * (Low - b), (Low - a) * (High - b), (High - a) * (Low - b), (High - a) * (High - b)];
        return new AccumulatorRange(0, ends.Min(), ends.Max());
    }

    private static ScaledProduct? Product(PortableCall call)
    {
        var walk = RowWalk.Of(call, 1);
        var (a, b) = (-call["a_zero_point"], -call["b_zero_point"]);
        return ChannelOf(call) is { } channel ? new ScaledProduct(walk, walk.IsSwapped ? (b, a) : (a, b), channel, call["min"], call["max"]) : null;
    }
}
