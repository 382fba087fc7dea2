// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Planning;

/// <summary>The steps of a model in execution order, and which buffer each computed value lives in.</summary>
internal sealed record Schedule(
    Graph Graph,
    IReadOnlyList<Step> Steps,
    IReadOnlyList<Buffer> Buffers,
    IReadOnlyDictionary<Value, Storage> Storage);

/// <summary>One kernel call. Its number in <see cref="Schedule.Steps"/> is its number on the device.</summary>
internal sealed record Step(KernelCall Call, Node Node)
{
    /// <summary>Working memory of this step, or null.</summary>
    public Buffer? Scratch { get; init; }
}

/// <summary>Where a value lives: from byte <paramref name="Offset"/> of a buffer on. Several values may share one.</summary>
internal readonly record struct Storage(Buffer Buffer, int Offset);

/// <summary>A range of device memory that the planner places as a whole.</summary>
internal sealed class Buffer(string name, MemoryRegion region)
{
    public string Name { get; } = name;

    public MemoryRegion Region { get; } = region;

    /// <summary>Bytes.</summary>
    public int Size { get; set; }

    /// <summary>First and last step that needs the contents, both included. -1: written by the caller before step 0.</summary>
    public int First { get; set; } = int.MaxValue;

    public int Last { get; set; } = int.MinValue;

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
