// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// A SLICE whose begin, input 1, or size, input 2, is computed. With a constant size it is a kernel of its own; otherwise its shape is known only when it
/// runs, and it is there to be recognised as a part of something else.
/// </summary>
internal sealed record SliceAtRunTime : Op
{
    public override string Name => "slice_at_run_time";

    public override void Check(Node node)
    {
        var (input, begin, size, output) = (node.Input.Shape, node.Inputs[1], node.Inputs[2], node.Output.Shape);
        if (!size.IsConstant)
        {
            throw node.Refuse($"size {Quoted.Name(size.Name)} is computed at run time", "a constant of int32 or int64, or a loop's list of which each turn writes a row");
        }

        Require.Types(node, node.Input.Type, node.Output);
        Require.OneOf(node, begin, ElementType.S32, ElementType.S64);
        Require.Filled(node, node.Input, node.Output);
        Require.That(
            input.Rank >= 1 && input.Rank <= Movement.MaxDimensions && begin.Shape.Count == input.Rank && size.Integers().SequenceEqual(output.Dimensions)
                && output.Dimensions.Zip(input.Dimensions, (part, whole) => part <= whole).All(fits => fits),
            node,
            $"{begin.Shape.Count} indices that are computed at run time and size {new Shape(size.Integers())} do not make {output} of {input}",
            $"the output's sizes, of at most {Movement.MaxDimensions} dimensions");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
        [new KernelCall("slice", PartFields.Of(node.Input, node.Output, node.Inputs[1]), [node.Input, node.Inputs[1]], [node.Output])];
}
