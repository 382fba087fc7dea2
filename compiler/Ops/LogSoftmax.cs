// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output[r, c] = log(softmax(input)[r, c]); rows run along the last dimension. In float32, as networks end with it.</summary>
internal sealed record LogSoftmax : Op
{
    public override string Name => "log_softmax";

    public static void Import(ImportContext context) => context.Add(new LogSoftmax(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        Require.Types(node, ElementType.F32, node.Input, node.Output);
        Require.Filled(node, node.Input);
        Require.That(
            node.Input.Shape.Rank >= 1 && node.Input.Shape.Equals(node.Output.Shape),
            node,
            $"input {node.Input.Shape} and output {node.Output.Shape}",
            "equal shapes of at least one dimension");
    }

    /// <summary>The kernel reads a row before it writes there, and then element by element.</summary>
    public override bool CanOverwrite(Node node, int input) => true;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var depth = node.Input.Shape[-1];
        return [new KernelCall("log_softmax_f32", [("rows", node.Input.Shape.Count / depth), ("depth", depth)], [node.Input], [node.Output])];
    }
}
