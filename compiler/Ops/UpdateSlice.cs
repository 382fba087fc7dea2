// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>DYNAMIC_UPDATE_SLICE: the first input with the second stored in it, from a place that is known at run time; cut so that it fits.</summary>
internal sealed record UpdateSlice : Op
{
    public override string Name => "update_slice";

    public static void Import(ImportContext context) =>
        context.Add(new UpdateSlice(), [context.Input(0), context.Input(1), context.Input(2)], [context.Output(0)]);

    public override void Check(Node node)
    {
        var (input, update, start) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        var rank = input.Shape.Rank;

        Require.Types(node, input.Type, update, node.Output);
        Require.OneOf(node, start, ElementType.S32, ElementType.S64);
        Require.Filled(node, input, update);
        Require.That(
            rank >= 1 && rank <= Movement.MaxDimensions && input.Shape.Equals(node.Output.Shape) && update.Shape.Rank == rank && start.Shape.Count == rank
                && update.Shape.Dimensions.Zip(input.Shape.Dimensions, (small, large) => small <= large).All(fits => fits),
            node,
            $"an update {update.Shape} at {start.Shape.Count} indices of {input.Shape} to {node.Output.Shape}",
            $"equal shapes of input and output, at most {Movement.MaxDimensions} dimensions, an update that fits inside");
    }

    public override bool CanOverwrite(Node node, int input) => input == 0;

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "update_slice",
            [("bytes", node.Input.ByteSize), .. PartFields.Of(node.Input, node.Inputs[1], node.Inputs[2])],
            [node.Inputs[0], node.Inputs[1], node.Inputs[2]],
            [node.Output]),
    ];
}
