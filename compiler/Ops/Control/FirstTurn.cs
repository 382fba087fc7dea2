// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Control;

/// <summary>Output 0 is the number of the first turn, 0. The others are memory that the turns of a loop fill, row by row: from here on they are there.</summary>
internal sealed record FirstTurn : Op
{
    private static readonly ConstantOperand Zero = ConstantOperand.Of("first turn", [0]);

    public override string Name => "first_turn";

    public override void Check(Node node) => Require.Types(node, ElementType.S32, node.Output);

    public override IReadOnlyList<KernelCall> Lower(Node node) => [StridedCopy.Of([1], 0, [1], 0, [1]).Call(Zero, node.Output, sizeof(int))];
}
