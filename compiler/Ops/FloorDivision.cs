// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>FLOOR_DIV and FLOOR_MOD of float32: the quotient rounded down, and what it leaves, with the sign of the divisor.</summary>
internal sealed record FloorDivision(bool IsRest) : Op
{
    public override string Name => IsRest ? "floor_mod" : "floor_div";

    public static void ImportDiv(ImportContext context) => Import(context, isRest: false);

    public static void ImportMod(ImportContext context) => Import(context, isRest: true);

    public override void Check(Node node)
    {
        Require.Types(node, ElementType.F32, node.Inputs[0], node.Inputs[1], node.Output);
        Require.Filled(node, node.Inputs[0], node.Inputs[1]);
        Broadcast.Check(node);
    }

    public override bool CanOverwrite(Node node, int input) => node.Inputs[input].Shape.Count == node.Output.Shape.Count;

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
        [(IsRest ? RealOperation.FloorMod : RealOperation.FloorDiv).Call(node, Broadcast.Of(node.Inputs[0].Shape, node.Inputs[1].Shape))];

    private static void Import(ImportContext context, bool isRest) =>
        context.Add(new FloorDivision(isRest), [context.Input(0), context.Input(1)], [context.Output(0)]);
}
