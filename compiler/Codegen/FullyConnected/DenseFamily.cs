// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>FULLY_CONNECTED with constant weights around zero and at least four inputs.</summary>
internal sealed class DenseFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not Ops.FullyConnected || PortableCall.Of(node, "fully_connected_s8") is not { } call || Channels(call) is not { } channels)
        {
            return [];
        }

        Layout[] layouts = node.Input.Shape[-1] % 2 == 0 && call["in_size"] % 2 == 0 ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
        bool[] orders = PackedProduct.Fits(call.Constant<sbyte>(1)) ? [false, true] : [false];
        return
            from layout in layouts
            from packed in orders
            let shape = Shape(call, layout, packed, channels)
            select new Candidate(
                "fully_connected",
                [layout, .. node.Inputs.Skip(1).Select(_ => Layout.RowMajor)],
                [Layout.RowMajor],
                Cycles(shape, core),
                relaid => [Call(relaid, call, channels, shape, core)])
            {
                Flash = packed ? shape.Blocks * shape.BlockRows * 4L * shape.Groups : 0,
            };
    }

    private static IReadOnlyList<OutputChannel>? Channels(PortableCall call)
    {
        const int FewestInputs = 4;
        if (call["in_size"] < FewestInputs || call["weights_zero_point"] != 0 || call["input_zero_point"] != 0
            || call.Constant<sbyte>(1) is not { } weights || call.Constant<int>(2) is not { } bias)
        {
            return null;
        }

        var row = call["in_size"];
        var ranges = bias
            .Select((b, o) => AccumulatorRange.Of(weights.AsSpan(o * row, row), b))
            .ToArray();
        if (OutputStage.Search(ranges, call.Scales(3), call["zero_point"], call["min"], call["max"]) is { SharedShift: not null } stage
            && stage.Channels.All(channel => channel.SignFix == stage.Channels[0].SignFix))
        {
            return stage.Channels;
        }

        var channels = ranges
            .Zip(call.Scales(3), (range, scale) => ReferenceChannel.Of(range, scale, call["zero_point"], call["min"], call["max"]))
            .Select(channel => channel is null ? null : OutputFit.Of(channel, sharedShift: null, fix: false) ?? OutputFit.Of(channel, sharedShift: null, fix: true))
            .ToArray();
        return channels.Any(channel => channel is null) ? null : [.. channels.OfType<OutputChannel>()];
    }

    private static DenseShape Shape(PortableCall call, Layout layout, bool packed, IReadOnlyList<OutputChannel> channels) => new(
        call["batch"], call["in_size"], call["out_size"], DenseShape.RowsFor(call["in_size"], call["out_size"], packed), layout == Layout.Msi, packed, Shared(channels), call["min"], call["max"]);

    // Multiplier and delta differ.
    private static OutputChannel? Shared(IReadOnlyList<OutputChannel> channels)
    {
        var first = channels[0] with { Multiplier = 0, Delta = 0 };
        return channels.All(channel => channel with { Multiplier = 0, Delta = 0 } == first) ? first : null;
    }

    private static KernelCall Call(Node node, PortableCall call, IReadOnlyList<OutputChannel> channels, DenseShape shape, Core core)
    {
        var weights = call.Constant<sbyte>(1)!;
        int[] bias = [.. call.Constant<int>(2)!.Select((b, o) => b + (shape.Packed ? PackedProduct.Correction(weights, shape, o) : 0))];
        var table = Enumerable.Range(0, shape.Blocks).SelectMany(block => DenseOutput.TableOf(shape, channels, bias, shape.FirstRow(block)));
        var corrected = channels.Count(channel => channel.SignFix != 0);
        return new KernelCall(
            "fully_connected",
            [],
            [
                node.Input,
                shape.Packed ? ConstantOperand.Of("weights", [.. PackedProduct.Pack(weights, shape)]) : node.Inputs[1],
                ConstantOperand.Of("table", table.ToArray()),
            ],
            [node.Output],
            shape.Scratch)
        {
            Routine = DenseRoutine.Of(shape, core),
            Remark = $"requantized by {(shape.Shared is null ? "a shift a channel" : $"one shift ({shape.Shared.Value.Shift})")}{(corrected > 0 ? $", negative sums corrected in {corrected} of {shape.OutSize} channels" : "")}, proved{(shape.Packed ? "; weights packed" : "")}",
        };
    }

    private static long Cycles(DenseShape shape, Core core)
    {
        var m7 = core == Core.CortexM7;
        var row = (m7, shape.Packed) switch { (true, true) => 2.1, (true, false) => 3.6, (false, true) => 4.4, (false, false) => 5.5 };
        var output = shape.BlockRows * (shape.Shared is null ? 12 : 5);
        var block = (shape.Groups * ((m7 ? 1 : 3) + (row * shape.BlockRows) + 0.9)) + ((output + 30) * (m7 ? 0.7 : 1));
        return (long)(shape.Batch * ((shape.Blocks * block) + (shape.Groups * (m7 ? 5 : 8)))) + 60;
    }
}
