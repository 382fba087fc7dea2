// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Signal;

/// <summary>The energy in overlapping bands of a spectrum: SignalFilterBank. Inputs: spectrum, weights, unweights, starts, weight starts, widths.</summary>
internal sealed record FilterBank(int Channels) : Op
{
    public override string Name => "signal_filter_bank";

    public static void Import(ImportContext context) => context.Add(
        new FilterBank(context.CustomOptions().Int("num_channels")), [.. Enumerable.Range(0, 6).Select(context.Input)], [context.Output(0)]);

    protected override string Attributes => $"{Channels}";

    public override void Check(Node node)
    {
        var (input, constants) = (node.Inputs[0], node.Inputs.Skip(1).ToArray());
        var (weights, unweights, starts, weightStarts, widths) = (constants[0], constants[1], constants[2], constants[3], constants[4]);
        Require.Types(node, ElementType.U32, input);
        Require.Types(node, ElementType.U64, node.Output);
        Require.Types(node, ElementType.S16, constants);
        Require.Constant(node, constants);
        Require.Filled(node, input, weights);
        Require.That(Channels is >= 1 and <= short.MaxValue && node.Output.Shape.Count == Channels, node, $"{Channels} channels and output {node.Output.Shape}", "as many outputs, 1..32767");
        Require.SameCount(node, weights, unweights);
        foreach (var bands in (Value[])[starts, weightStarts, widths])
        {
            Require.That(bands.Shape.Count == Channels + 1, node, $"{Quoted.Name(bands.Name)} has shape {bands.Shape}", $"{Channels + 1} bands");
        }

        for (var band = 0; band <= Channels; band++)
        {
            var (start, weight, width) = (starts.As<short>()[band], weightStarts.As<short>()[band], widths.As<short>()[band]);
            Require.That(
                start >= 0 && weight >= 0 && width >= 0 && start + width <= input.Shape.Count && weight + width <= weights.Shape.Count,
                node,
                $"band {band} is {width} frequencies from {start} with weights from {weight}",
                $"bands inside {input.Shape} with weights inside {weights.Shape}");
        }
    }

    public override long Macs(Node node) => node.Inputs[5].IsConstant ? 2 * node.Inputs[5].As<short>().ToArray().Sum(width => (long)width) : 0;

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "signal_filter_bank",
            [("channels", Channels), ("bins", node.Inputs[0].Shape.Count), ("taps", node.Inputs[1].Shape.Count)],
            [.. node.Inputs.Select(input => new ValueOperand(input))],
            [node.Output]),
    ];
}
