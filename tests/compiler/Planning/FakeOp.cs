// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Tests.Planning;

/// <summary>An op of a chosen kind for tests that look at memory only: one kernel call, or one move for each view or part.</summary>
internal sealed record FakeOp(FakeKind Kind = FakeKind.Opaque) : Op
{
    public override string Name => Kind.ToString().ToLowerInvariant();

    public override void Check(Node node)
    {
    }

    public override bool CanOverwrite(Node node, int input) => Kind == FakeKind.Elementwise;

    public override int? GrowsFrom(Node node, int input) => Kind == FakeKind.Pad ? node.Output.ByteSize - node.Input.ByteSize : null;

    public override int? ViewOffset(Node node, int output) =>
        Kind == FakeKind.Split ? node.Outputs.Take(output).Sum(value => value.ByteSize) : null;

    public override int? PartOffset(Node node, int input) =>
        Kind == FakeKind.Concat ? node.Inputs.Take(input).Sum(value => value.ByteSize) : null;

    public override IReadOnlyList<KernelCall> Lower(Node node) => Kind switch
    {
        FakeKind.Split => [.. node.Outputs.Select(output => Move(node.Input, output))],
        FakeKind.Concat => [.. node.Inputs.Select(input => Move(input, node.Output))],
        _ => [new KernelCall("fake", [], [.. node.Inputs.Select(input => new ValueOperand(input))], [.. node.Outputs.Select(output => new ValueOperand(output))])],
    };

    private static KernelCall Move(Operand from, Operand to) => new("move", [], [from], [to]);
}

internal enum FakeKind
{
    Opaque,
    Elementwise,
    Pad,
    Split,
    Concat,
}

/// <summary>Graphs of <see cref="FakeOp"/>s, written down in a line each.</summary>
internal sealed class FakeGraph
{
    private readonly List<Node> _nodes = [];

    public static Value Tensor(string name, int bytes) => new(name, ElementType.S8, new Shape(bytes));

    public FakeGraph Add(FakeKind kind, IReadOnlyList<Value> inputs, params IReadOnlyList<Value> outputs)
    {
        _nodes.Add(new Node(new FakeOp(kind), inputs, outputs, new Origin(_nodes.Count, kind.ToString(), outputs[0].Name)));
        return this;
    }

    public Graph Build(IReadOnlyList<Value> inputs, params IReadOnlyList<Value> outputs) => new("fake", inputs, outputs, _nodes);
}
