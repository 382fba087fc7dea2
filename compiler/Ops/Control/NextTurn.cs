// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Control;

/// <summary>The number of the next turn, from that of this one, and whether there is one: it is below <paramref name="Turns"/>.</summary>
/// <param name="Loop">What it counts, for reports.</param>
internal sealed record NextTurn(int Turns, string Loop) : Op
{
    public override string Name => "next_turn";

    protected override string Attributes => $"{Turns}";

    public override void Check(Node node)
    {
        Require.Types(node, ElementType.S32, node.Input, node.Output);
        Require.Types(node, ElementType.Bool, node.Outputs[1]);
    }

    public override bool CanOverwrite(Node node, int input) => true;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (turn, next, more) = (node.Input, node.Outputs[0], node.Outputs[1]);
        Value Number(int number) => Value.OfIntegers($"{number}", new Shape(1), [number]);
        return
        [
            .. new IntegerArithmetic(IntegerOperation.Add, Activation.None).Lower(new Node(this, [turn, Number(1)], [next], node.Origin)),
            .. new Comparison(Relation.Less).Lower(new Node(this, [next, Number(Turns)], [more], node.Origin)),
        ];
    }
}
