// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen;

/// <summary>One way to compute a node on a core.</summary>
/// <param name="Family">Who offers it.</param>
/// <param name="Inputs">The layout it wants of each input; constants are row-major.</param>
/// <param name="Outputs">The layout in which it stores each output.</param>
/// <param name="Cycles">Predicted, of one invocation, without wait states.</param>
/// <param name="Lower">The calls, given the node with values that have these layouts.</param>
internal sealed record Candidate(
    string Family, IReadOnlyList<Layout> Inputs, IReadOnlyList<Layout> Outputs, long Cycles, Func<Node, IReadOnlyList<KernelCall>> Lower)
{
    /// <summary>Of a line of flash: the shortest that parts have.</summary>
    public const int LineBytes = 8;

    /// <summary>Which of the ways of a family, in words; empty where it has but one.</summary>
    public string Variant { get; init; } = "";

    /// <summary>Family and variant: candidates of one way differ in layouts only.</summary>
    public string Way => Variant.Length == 0 ? Family : $"{Family}, {Variant}";

    /// <summary>Bytes of constants that it needs besides those of the portable kernel, which the image holds anyway.</summary>
    public long Flash { get; init; }

    /// <summary>Bytes of working memory.</summary>
    public int Scratch { get; init; }

    /// <summary>Lines of 64 bits of constants that it reads from flash, where those are more than a small cache keeps.</summary>
    public long Lines { get; init; }

    /// <summary>What is compared: a line waits for nothing without wait states and for five cycles with five, and a plan should suit both.</summary>
    public long Cost => Cycles + (Lines * 5 / 2);

    /// <summary>The same for a node that runs so often.</summary>
    public Candidate InLoopOf(int turns) => turns == 1 ? this : this with { Cycles = turns * Cycles, Lines = turns * Lines };

    /// <summary>True when the output may lie over the first input.</summary>
    public bool StoresOverInput { get; init; }

    /// <summary>The calls, with the prediction on those that are generated.</summary>
    public IReadOnlyList<KernelCall> Calls(Node node) =>
        [.. Lower(node).Select(call => call.Routine is null ? call : call with { Cycles = Cycles })];

    /// <summary>Whether it takes and makes values in these layouts.</summary>
    public bool Fits(Func<Value, Layout> layout, Node node) =>
        node.Inputs.Zip(Inputs).All(pair => pair.First.IsConstant || layout(pair.First) == pair.Second)
        && node.Outputs.Zip(Outputs).All(pair => layout(pair.First) == pair.Second);
}

/// <summary>A family of generated kernels: which nodes it serves, in which layouts, at what cost.</summary>
internal interface IFamily
{
    /// <summary>Empty when the node is outside the family.</summary>
    IEnumerable<Candidate> Match(Node node, Core core);

    /// <summary>The same for families that want to know who makes the inputs.</summary>
    IEnumerable<Candidate> Match(Node node, Core core, Graph graph) => Match(node, core);
}
