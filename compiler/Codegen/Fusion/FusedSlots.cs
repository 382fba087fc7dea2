// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Fusion;

/// <summary>Which register of the FPU holds what of a fused op: operands, results, leaves that begin inside an operand, and words that wait for their last step.</summary>
internal sealed class FusedSlots
{
    /// <summary>Registers of the FPU.</summary>
    public const int Most = 32;

    /// <summary>Those that the caller does not need again.</summary>
    public const int Free = 16;

    private const int ManyElements = 64;

    private readonly Fused _op;
    private readonly IReadOnlyList<byte[]> _tables;
    private readonly int _inputs;
    private readonly int?[] _parked;
    private readonly int?[] _constants;

    public FusedSlots(Fused op)
    {
        (_op, _tables, _inputs) = (op, op.Tables, op.Leaves.Max(leaf => leaf.Input) + 1);
        var first = Operands + op.Results.Count + op.Leaves.Count(leaf => leaf.Offset != 0);
        (_parked, var next) = Park(op, first);
        (FirstConstant, _constants) = (next, new int?[op.Steps.Count]);

        // Keeping registers for the caller takes as long as a few rounds.
        var most = next > Free || op.Count >= ManyElements ? Most : Free;
        foreach (var (index, step) in op.Steps.Index().Where(step => step.Item.Constants.Count > 0))
        {
            if (next + step.Constants.Count <= most)
            {
                (_constants[index], next) = (next, next + step.Constants.Count);
            }
        }

        Count = next;
    }

    /// <summary>Operands of the call: inputs of the node, then tables.</summary>
    public int Operands => _inputs + _tables.Count;

    public int Count { get; }

    public Fp Result(int result) => S(Operands + result);

    public Fp Leaf(int leaf) => _op.Leaves[leaf].Offset == 0
        ? S(_op.Leaves[leaf].Input)
        : S(Operands + _op.Results.Count + _op.Leaves.Take(leaf).Count(before => before.Offset != 0));

    public Fp Table(FusedStep step) => S(_inputs + _tables.Index().First(table => table.Item.AsSpan().SequenceEqual(step.Entries)).Index);

    /// <summary>The first of the constants that stay in registers; they are <see cref="Count"/> less this.</summary>
    public int FirstConstant { get; }

    /// <summary>The first constant of a step that has its own in registers, all through; null: they are read in every round.</summary>
    public Fp? Constants(int step) => _constants[step] is { } slot ? S(slot) : null;

    /// <summary>Parameters of the routine: constants that stay in registers, then those that are read in order.</summary>
    public IEnumerable<int> Parameters => _op.Steps.Index().OrderBy(step => _constants[step.Index] is null).SelectMany(step => step.Item.Constants);

    /// <summary>Where the word of a step waits; null: nothing but the next step needs it.</summary>
    public Fp? Parked(int step) => _parked[step] is { } slot ? S(slot) : null;

    /// <summary>True when more than the next step needs it.</summary>
    public bool IsPacked(int step) => _parked[step] is not null || _op.Results.Contains(step);

    private static (int?[] Slots, int Count) Park(Fused op, int first)
    {
        var (slots, free, next) = (new int?[op.Steps.Count], new SortedSet<int>(), first);
        var lastLoad = op.Steps.Index().Last(step => step.Item.Operands.Any(operand => operand < 0)).Index;
        int LastUse(int step) => op.Steps.Index().Where(reader => reader.Index > step + 1 && reader.Item.Operands.Contains(step)).Select(reader => reader.Index)
            .Append(op.Results.Contains(step) && step < lastLoad ? lastLoad : -1).Max();

        for (var step = 0; step < slots.Length; step++)
        {
            for (var ended = 0; ended < step; ended++)
            {
                if (slots[ended] is { } slot && LastUse(ended) == step - 1)
                {
                    free.Add(slot);
                }
            }

            if (LastUse(step) < 0)
            {
                continue;
            }

            if (free.Count == 0)
            {
                free.Add(next++);
            }

            slots[step] = free.Min;
            free.Remove(free.Min);
        }

        return (slots, next);
    }
}
