// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Planning;

/// <summary>The buffers of one region as rectangles: a fixed span of steps wide, an aligned size high, to be given an offset.</summary>
internal sealed class PackingProblem
{
    /// <summary>What a place of the image can address.</summary>
    private const int MostBytes = 1 << ArenaPlan.OffsetBits;

    public PackingProblem(IReadOnlyList<Buffer> buffers)
    {
        Buffers = buffers;
        Sizes = [.. buffers.Select(buffer => ArenaPlan.Aligned(buffer.Size))];
        Neighbours = [.. buffers.Select(buffer => Indices(other => other != buffer && other.Overlaps(buffer)))];

        // A set of buffers that are alive together is alive together when the last of them starts.
        Cliques = [.. buffers.Select(buffer => buffer.First).Distinct().Order().Select(step => Indices(other => other.First <= step && step <= other.Last))];
        var most = Cliques.Select(clique => clique.Sum(i => (long)Sizes[i])).DefaultIfEmpty(0).Max();
        LowerBound = most <= MostBytes ? (int)most : throw new CompilerException($"the model needs {most} bytes in one memory region (supported: {MostBytes})");
    }

    public IReadOnlyList<Buffer> Buffers { get; }

    public int Count => Buffers.Count;

    public int[] Sizes { get; }

    /// <summary>For each buffer, those alive at some step with it.</summary>
    public int[][] Neighbours { get; }

    /// <summary>Sets of buffers that are alive at one step.</summary>
    public int[][] Cliques { get; }

    /// <summary>No packing is lower than the most bytes live at one step.</summary>
    public int LowerBound { get; }

    private int[] Indices(Func<Buffer, bool> which) => [.. Enumerable.Range(0, Count).Where(i => which(Buffers[i]))];
}

/// <summary>An offset for each buffer of a <see cref="PackingProblem"/>.</summary>
internal sealed record Packing(int[] Offsets, int Height);
