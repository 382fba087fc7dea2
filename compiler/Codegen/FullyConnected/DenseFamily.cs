// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>FULLY_CONNECTED with constant weights around zero and at least four inputs, on weights as they stand in flash.</summary>
internal sealed class DenseFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not Ops.FullyConnected || PortableCall.Of(node, "fully_connected_s8") is not { } call || Channels(call) is not { } channels)
        {
            return [];
        }

        Layout[] layouts = node.Input.Shape[-1] % 2 == 0 && call["in_size"] % 2 == 0 ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
        return layouts.Select(layout => new Candidate(
            "fully_connected",
            [layout, .. node.Inputs.Skip(1).Select(_ => Layout.RowMajor)],
            [Layout.RowMajor],
            Cycles(Shape(call, layout), core),
            relaid => [Call(relaid, call, channels, Shape(call, layout), core)]));
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
        var channels = bias
            .Select((b, o) => AccumulatorRange.Of(weights.AsSpan(o * row, row), b))
            .Zip(call.Scales(3), (range, scale) => ReferenceChannel.Of(range, scale, call["zero_point"], call["min"], call["max"]))
            .Select(channel => channel is null ? null : OutputFit.Of(channel, sharedShift: null, fix: false) ?? OutputFit.Of(channel, sharedShift: null, fix: true))
            .ToArray();
        return channels.Any(channel => channel is null) ? null : [.. channels.OfType<OutputChannel>()];
    }

    private static DenseShape Shape(PortableCall call, Layout layout) => new(
        call["batch"], call["in_size"], call["out_size"], DenseShape.RowsFor(call["in_size"], call["out_size"]), layout == Layout.Msi, call["min"], call["max"]);

    private static KernelCall Call(Node node, PortableCall call, IReadOnlyList<OutputChannel> channels, DenseShape shape, Core core)
    {
        var bias = call.Constant<int>(2)!;
        var table = Enumerable.Range(0, shape.Blocks).SelectMany(block =>
            DenseRoutine.TableOf(channels, bias, Math.Min(block * shape.BlockRows, shape.OutSize - shape.BlockRows), shape.BlockRows));
        var corrected = channels.Count(channel => channel.SignFix != 0);
        return new KernelCall("fully_connected", [], [node.Input, node.Inputs[1], ConstantOperand.Of("table", table.ToArray())], [node.Output], shape.Scratch)
        {
            Routine = DenseRoutine.Of(shape, core),
            Remark = $"requantized by a shift a channel{(corrected > 0 ? $", negative sums corrected in {corrected} of {shape.OutSize} channels" : "")}, proved",
        };
    }

    private static long Cycles(DenseShape shape, Core core)
    {
        var m7 = core == Core.CortexM7;
        var group = m7 ? 2 + (3.0 * shape.BlockRows) : 3 + (16.0 * shape.BlockRows / 3);
        var block = (shape.Groups * (group + 1.5)) + (shape.BlockRows * (m7 ? 10 : 14)) + 30;
        return (long)(shape.Batch * ((shape.Blocks * block) + (shape.Groups * (m7 ? 5 : 8)))) + 60;
    }
}
