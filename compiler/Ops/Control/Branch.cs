// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Control;

/// <summary>
/// Goes on at <paramref name="Target"/> when input 0 is <paramref name="When"/>, always when <paramref name="When"/> is null. The other inputs are what
/// must be there afterwards: the planner's lifetimes follow the order of the nodes, and know of jumps by them.
/// </summary>
internal sealed record Branch(Label Target, bool? When) : Op
{
    /// <summary>What the loop is that this closes, for reports; null for other branches.</summary>
    public string? Loop { get; init; }

    public override string Name => "branch";

    protected override string Attributes => $"{Target}{(When is { } when ? when ? ",true" : ",false" : "")}";

    public override void Check(Node node)
    {
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall("branch", [("when", When == true ? 1 : 0)], When is null ? [] : [node.Input], []) { Target = Target },
    ];
}

/// <summary>Where branches to <paramref name="Label"/> go on. Its outputs have got their contents before it, as what they are tied to.</summary>
internal sealed record Landing(Label Label) : Op
{
    public override string Name => "landing";

    protected override string Attributes => $"{Label}";

    public override void Check(Node node)
    {
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) => [];
}

/// <summary>A place between two nodes.</summary>
internal sealed class Label(int number)
{
    public override string ToString() => $"L{number}";
}
