// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Fusion;

/// <summary>
/// Elementwise ops computed together, element by element, so that what is between them is never stored. Programs of a core have it and the portable
/// program has the ops one by one (docs/adr/0008), so that it lowers to no portable kernel. <see cref="FusionSearch"/> finds it.
/// </summary>
/// <param name="Count">Elements of each result.</param>
/// <param name="Leaves">What is read; operands ~0, ~1, ... of steps.</param>
/// <param name="Steps">In order; operands 0, 1, ... of the steps behind them.</param>
/// <param name="Results">Steps that are stored, an output each.</param>
internal sealed record Fused(int Count, IReadOnlyList<FusedLeaf> Leaves, IReadOnlyList<FusedStep> Steps, IReadOnlyList<int> Results) : Op
{
    public override string Name => "fused";

    protected override string Attributes => string.Join(',', Steps.GroupBy(step => step.Kind).Select(kind => $"{kind.Count()} {kind.Key}"));

    /// <summary>The tables of all steps, each once.</summary>
    public IReadOnlyList<byte[]> Tables => Distinct(Steps);

    /// <summary>Elements after which repeated leaves start again; null where there are none.</summary>
    public int? Period => Leaves.FirstOrDefault(leaf => leaf.Period is not null)?.Period;

    public static IReadOnlyList<byte[]> Distinct(IEnumerable<FusedStep> steps)
    {
        var tables = new List<byte[]>();
        foreach (var entries in steps.Select(step => step.Entries).OfType<byte[]>().Where(entries => !tables.Exists(table => table.AsSpan().SequenceEqual(entries))))
        {
            tables.Add(entries);
        }

        return tables;
    }

    public override void Check(Node node)
    {
        Require.Types(node, ElementType.S8, [.. node.Inputs, .. node.Outputs]);
        Require.That(
            node.Outputs.All(output => output.Shape.Count == Count) && Leaves.All(leaf => leaf.Offset + (leaf.Period ?? Count) <= node.Inputs[leaf.Input].Shape.Count),
            node,
            $"{Count} elements in tensors of other sizes",
            "as many in each");
    }

    /// <summary>Elements are read at the place of the result or behind it, and all of a word before any is written.</summary>
    public override bool CanOverwrite(Node node, int output, int input) => Leaves.All(leaf => leaf.Input != input || leaf.Period is null);

    public override IReadOnlyList<KernelCall> Lower(Node node) => throw new InvalidOperationException("Fused ops have no portable kernel: the portable program has the ops themselves.");
}

/// <summary>What a fused op reads: an input from an element on, to the end or again and again.</summary>
/// <param name="Offset">In elements.</param>
/// <param name="Period">Elements after which it starts again; null: it has as many as the result.</param>
internal sealed record FusedLeaf(int Input, int Offset, int? Period);
