// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// The same elements in another shape, which is the output tensor's: RESHAPE, SQUEEZE and EXPAND_DIMS. A computed shape operand
/// is not read; like TFLM, the device runs with the shapes of the file.
/// </summary>
internal sealed record Reshape : MoveOp
{
    public override string Name => "reshape";

    public static void Import(ImportContext context) => context.Add(new Reshape(), [context.Input(0)], [context.Output(0)]);

    protected override void CheckShapes(Node node) => Require.SameCount(node, node.Input, node.Output);

    protected override IReadOnlyList<Piece> Pieces(Node node) => [Piece.Block(node.Input, node.Output, [node.Output.Shape.Count], 0, [1], 0, [1])];
}
