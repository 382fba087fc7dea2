// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen;

/// <summary>One way to compute a node on a core.</summary>
/// <param name="Family">Who offers it.</param>
/// <param name="Inputs">The layout it wants of each input; constants are row-major.</param>
/// <param name="Outputs">The layout in which it stores each output.</param>
/// <param name="Cycles">Predicted, without wait states.</param>
/// <param name="Lower">The calls, given the node with values that have these layouts.</param>
internal sealed record Candidate(
    string Family, IReadOnlyList<Layout> Inputs, IReadOnlyList<Layout> Outputs, long Cycles, Func<Node, IReadOnlyList<KernelCall>> Lower)
{
    /// <summary>Bytes of constants that it needs besides those of the portable kernel, which the image holds anyway.</summary>
    public long Flash { get; init; }

    /// <summary>Bytes of scratch that it needs besides those of another candidate that is slower.</summary>
    public long Arena { get; init; }

    public bool Fits(Func<Value, Layout> layout, Node node) =>
        node.Inputs.Zip(Inputs).All(pair => pair.First.IsConstant || layout(pair.First) == pair.Second)
        && node.Outputs.Zip(Outputs).All(pair => layout(pair.First) == pair.Second);
}

/// <summary>A family of generated kernels: which nodes it serves, in which layouts, at what cost.</summary>
internal interface IFamily
{
    /// <summary>Empty when the node is outside the family.</summary>
    IEnumerable<Candidate> Match(Node node, Core core);
}
