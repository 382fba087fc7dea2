// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = condition ? a : b, element by element, all three broadcast. Nothing is requantized.</summary>
internal sealed record Select : Op
{
    public override string Name => "select";

    public static void Import(ImportContext context) =>
        context.Add(new Select(), [context.Input(0), context.Input(1), context.Input(2)], [context.Output(0)]);

    public override void Check(Node node)
    {
        var (condition, a, b) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);

        Require.Types(node, ElementType.Bool, condition);
        Require.Types(node, node.Output.Type, a, b);
        Require.Filled(node, condition, a, b);
        Broadcast.Check(node);
    }

    public override bool CanOverwrite(Node node, int input) => node.Inputs[input].ByteSize == node.Output.ByteSize;

    public override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node)
    {
        if (!node.Inputs.All(input => input.IsConstant))
        {
            return null;
        }

        Check(node);
        var (condition, a, b) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        var size = node.Output.Type.Size();
        var first = Broadcast.Of(condition.Shape, node.Output.Shape).Pairs().Select(at => condition.As<byte>()[at.A]);
        var places = Broadcast.Of(a.Shape, node.Output.Shape).Pairs().Zip(Broadcast.Of(b.Shape, node.Output.Shape).Pairs(), (left, right) => (A: left.A, B: right.A));
        return
        [
            first.Zip(places, (holds, at) => holds != 0
                ? a.Constant!.Value.Slice(at.A * size, size).ToArray()
                : b.Constant!.Value.Slice(at.B * size, size).ToArray()).SelectMany(element => element).ToArray(),
        ];
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var shapes = node.Inputs.Select(input => input.Shape).ToArray();
        var (dims, strides) = Broadcast.Merge(Broadcast.ShapeOf(Broadcast.ShapeOf(shapes[0], shapes[1])!, shapes[2])!, shapes);
        return
        [
            new KernelCall(
                "select",
                [("dims", dims), ("condition_strides", strides[0]), ("a_strides", strides[1]), ("b_strides", strides[2]), ("item", node.Output.Type.Size())],
                [.. node.Inputs.Select(input => (Operand)input)],
                [node.Output]),
        ];
    }
}
