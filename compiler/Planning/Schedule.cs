// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Planning;

/// <summary>The steps of a model in execution order, and which buffer each computed value lives in.</summary>
internal sealed record Schedule(
    Graph Graph,
    IReadOnlyList<Step> Steps,
    IReadOnlyList<Buffer> Buffers,
    IReadOnlyDictionary<Value, Storage> Storage)
{
    private readonly Lazy<IReadOnlyDictionary<Label, int>> _targets = new(() => Landings(Graph, Steps));

    /// <summary>Number of the step at which a branch goes on; the number of steps when that is the end.</summary>
    public int StepAt(Label label) => _targets.Value[label];

    private static Dictionary<Label, int> Landings(Graph graph, IReadOnlyList<Step> steps)
    {
        var landings = new Dictionary<Label, int>();
        var step = 0;
        foreach (var node in graph.Nodes)
        {
            if (node.Op is Landing landing)
            {
                landings[landing.Label] = step;
            }

            for (; step < steps.Count && steps[step].Node == node; step++)
            {
            }
        }

        return landings;
    }
}

/// <summary>One kernel call. Its number in <see cref="Schedule.Steps"/> is its number on the device.</summary>
internal sealed record Step(KernelCall Call, Node Node)
{
    /// <summary>Working memory of this step, or null.</summary>
    public Buffer? Scratch { get; init; }
}

/// <summary>Where a value lives: from byte <paramref name="Offset"/> of a buffer on. Several values may share one.</summary>
internal readonly record struct Storage(Buffer Buffer, int Offset);

/// <summary>A range of device memory that the planner places as a whole.</summary>
/// <param name="size">Bytes.</param>
/// <param name="first">First step that needs the contents. -1: written by the caller before step 0.</param>
/// <param name="last">Last step that needs them. The number of steps: read by the caller at the end.</param>
internal sealed class Buffer(string name, MemoryRegion region, int size, int first, int last)
{
    public string Name { get; } = name;

    public MemoryRegion Region { get; } = region;

    public int Size { get; } = size;

    public int First { get; } = first;

    public int Last { get; } = last;

    public bool Overlaps(Buffer other) => First <= other.Last && other.First <= Last;

    public override string ToString() => $"{Name} {Size} bytes, steps {First}..{Last}";
}

/// <summary>The numbers are those of <c>enum ti_region</c> in tinyinfer.h.</summary>
internal enum MemoryRegion
{
    Image = 0,
    Arena = 1,
    State = 2,
    Fast = 3,
}
