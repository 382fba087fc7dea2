// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>FULLY_CONNECTED with constant weights around zero and at least four inputs.</summary>
internal sealed class DenseFamily : IFamily
{
    private const int FewestInputs = 4;

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not Ops.FullyConnected || PortableCall.Of(node, "fully_connected_s8") is not { } call || !Fits(call))
        {
            return [];
        }

        Layout[] layouts = node.Input.Shape[-1] % 2 == 0 && call["in_size"] % 2 == 0 ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
        var ranges = Ranges(call);
        if (Channels(call, ranges) is not { } channels)
        {
            return IsStepwise(call, ranges) ? layouts.Select(layout => Stepwise(node, call, layout, core)) : [];
        }

        bool[] orders = PackedProduct.Fits(call.Constant<sbyte>(1)) ? [false, true] : [false];
        return
            from layout in layouts
            from packed in orders
            let shape = Shape(call, layout, packed, Shared(channels))
            select new Candidate(
                "fully_connected",
                [layout, .. node.Inputs.Skip(1).Select(_ => Layout.RowMajor)],
                [Layout.RowMajor],
                Cycles(shape, core),
                relaid => [Call(relaid, call, channels, shape, core)])
            {
                Variant = packed ? "weights packed" : "weights as in the model",
                Scratch = shape.Scratch,
                Flash = packed ? WeightBytes(shape) : 0,
                Lines = Lines(shape),
            };
    }

    public static bool Fits(PortableCall call) =>
        call["in_size"] >= FewestInputs && call["weights_zero_point"] == 0 && call["input_zero_point"] == 0 && call.Constant<sbyte>(1) is not null && call.Constant<int>(2) is not null;

    public static AccumulatorRange[] Ranges(PortableCall call)
    {
        var (row, weights) = (call["in_size"], call.Constant<sbyte>(1));
        return [.. call.Constant<int>(2)!.Select((b, o) => AccumulatorRange.Of(weights.AsSpan(o * row, row), b))];
    }

    public static IReadOnlyList<OutputChannel>? Channels(PortableCall call, AccumulatorRange[] ranges)
    {
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

    // The reference's own steps want a shift to the right, and its accumulator must not overflow.
    private static bool IsStepwise(PortableCall call, AccumulatorRange[] ranges) =>
        ranges.All(range => range.FitsWord) && call.Scales(3).All(scale => scale.Shift < 0);

    private static Candidate Stepwise(Node node, PortableCall call, Layout layout, Core core)
    {
        var shape = Shape(call, layout, packed: false, shared: null) with { Stepwise = call["zero_point"] };
        return new Candidate(
            "fully_connected",
            [layout, .. node.Inputs.Skip(1).Select(_ => Layout.RowMajor)],
            [Layout.RowMajor],
            Cycles(shape, core),
            relaid => [Call(relaid, shape, first => DenseOutput.TableOf(shape, call.Scales(3), call.Constant<int>(2)!, first), "requantized by the reference's steps: sums are too large for one multiplication", core)])
        {
            Scratch = shape.Scratch,
            Lines = Lines(shape),
        };
    }

    private static long WeightBytes(DenseShape shape) => shape.Blocks * shape.BlockRows * 4L * shape.Groups;

    private static long Lines(DenseShape shape) => shape.Batch * WeightBytes(shape) / Candidate.LineBytes;

    private static DenseShape Shape(PortableCall call, Layout layout, bool packed, OutputChannel? shared) => new(
        call["batch"], call["in_size"], call["out_size"], DenseShape.RowsFor(call["in_size"], call["out_size"], packed), layout == Layout.Msi, packed, shared, call["min"], call["max"]);

    /// <summary>What all channels have in common: the multiplier or 0, deltas not; null when they differ in anything else.</summary>
    public static OutputChannel? Shared(IReadOnlyList<OutputChannel> channels)
    {
        var first = channels[0] with { Delta = 0 };
        return channels.All(channel => channel with { Delta = 0 } == first) ? first
            : channels.All(channel => channel with { Multiplier = 0, Delta = 0 } == first with { Multiplier = 0 }) ? first with { Multiplier = 0 }
            : null;
    }

    private static KernelCall Call(Node node, PortableCall call, IReadOnlyList<OutputChannel> channels, DenseShape shape, Core core)
    {
        var weights = call.Constant<sbyte>(1)!;
        int[] bias = [.. call.Constant<int>(2)!.Select((b, o) => b + (shape.Packed ? PackedProduct.Correction(weights, shape, o) : 0))];
        var corrected = channels.Count(channel => channel.SignFix != 0);
        return Call(
            node,
            shape,
            first => DenseOutput.TableOf(shape, channels, bias, first),
            $"requantized by {(shape.Shared is null ? "a shift a channel" : $"one shift ({shape.Shared.Value.Shift})")}{(corrected > 0 ? $", negative sums corrected in {corrected} of {shape.OutSize} channels" : "")}, proved{(shape.Packed ? "; weights packed" : "")}",
            core);
    }

    /// <param name="table">The constants of a block of rows from one on.</param>
    private static KernelCall Call(Node node, DenseShape shape, Func<int, IEnumerable<int>> table, string remark, Core core) => new(
        "fully_connected",
        [],
        [
            node.Input,
            shape.Packed ? ConstantOperand.Of("weights", [.. PackedProduct.Pack([.. node.Inputs[1].As<sbyte>()], shape)]) : node.Inputs[1],
            ConstantOperand.Of("table", DenseOutput.TableOf(shape, table)),
        ],
        [node.Output],
        shape.Scratch)
    {
        Routine = DenseRoutine.Of(shape, core),
        Remark = remark,
    };

    private static long Cycles(DenseShape shape, Core core)
    {
        var m7 = core == Core.CortexM7;
        var row = (m7, shape.Packed) switch { (true, true) => 2.1, (true, false) => 2.75, (false, true) => 4.4, (false, false) => 5.5 };
        var output = shape.BlockRows * (shape.Stepwise is not null ? 18 : shape.Shared is null ? 12 : 5);
        var block = (shape.Groups * ((m7 ? 1 : 3) + (row * shape.BlockRows) + 0.9)) + ((output + 30) * (m7 ? 0.7 : 1));
        return (long)(shape.Batch * ((shape.Blocks * block) + (shape.Groups * (m7 ? 5 : 8)))) + 60;
    }
}
