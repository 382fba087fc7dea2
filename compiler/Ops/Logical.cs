// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

internal enum LogicalOperation
{
    And,
    Or,
}

/// <summary>output = a and b, or a or b: the smaller or the larger of two bytes that are 0 or 1.</summary>
internal sealed record Logical(LogicalOperation Operation) : Op
{
    public override string Name => "logical";

    protected override string Attributes => Operation.ToString().ToLowerInvariant();

    public static Action<ImportContext> Import(LogicalOperation operation) =>
        context => context.Add(new Logical(operation), [context.Input(0), context.Input(1)], [context.Output(0)]);

    public override void Check(Node node)
    {
        Require.Types(node, ElementType.Bool, node.Inputs[0], node.Inputs[1], node.Output);
        Require.Filled(node, node.Inputs[0], node.Inputs[1]);
        Broadcast.Check(node);
    }

    public override bool CanOverwrite(Node node, int input) => node.Inputs[input].Shape.Count == node.Output.Shape.Count;

    public override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        if (!a.IsConstant || !b.IsConstant)
        {
            return null;
        }

        Check(node);
        return [Broadcast.Of(a.Shape, b.Shape).Pairs().Select(at => Compute(a.As<byte>()[at.A], b.As<byte>()[at.B])).ToArray()];
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            Operation == LogicalOperation.And ? "minimum_s8" : "maximum_s8",
            Broadcast.Of(node.Inputs[0].Shape, node.Inputs[1].Shape).Fields,
            [node.Inputs[0], node.Inputs[1]],
            [node.Output]),
    ];

    private byte Compute(byte a, byte b) => Operation == LogicalOperation.And ? Math.Min(a, b) : Math.Max(a, b);
}
