// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Movement;

/// <summary>A border of one value as its routine sees it, in bytes.</summary>
/// <param name="Axes">Outermost first: how many positions, and bytes filled before the first and after the last.</param>
/// <param name="Before">Filled before each run.</param>
/// <param name="Run">Copied.</param>
/// <param name="After">Filled after it.</param>
internal sealed record PadShape(IReadOnlyList<PadShape.Axis> Axes, int Before, int Run, int After)
{
    private const int WordBytes = 4;
    private const int BlockBytes = 32;

    /// <summary>The longest row that is written without loops, with offsets.</summary>
    private const int ShortRow = 64;

    public string Name => $"pad_{string.Concat(Axes.Select(axis => $"{axis.Count}b{axis.Before}a{axis.After}_"))}{Before}_{Run}_{After}";

    public int Row => Before + Run + After;

    public bool IsShort => Row <= ShortRow;

    /// <summary>Rows of the innermost axis that are written without a step between them.</summary>
    public int Unrolled => Axes is [.., var inner] && IsShort ? Math.Max(1, Math.Min(ShortRow / Row, inner.Count)) : 1;

    public bool IsAligned => Axes.All(axis => (axis.Before | axis.After) % WordBytes == 0) && (Before | Run | After) % WordBytes == 0;

    /// <summary>True when no pair of bytes is split, so that it does not matter which is stored how.</summary>
    public bool KeepsPairs => Axes.All(axis => (axis.Before | axis.After) % 2 == 0) && (Before | Run | After) % 2 == 0;

    public static PadShape Of(PortableCall call)
    {
        var element = call["element"];
        var (sizes, before, after) = (call.Numbers("dims"), call.Numbers("before"), call.Numbers("after"));
        var axes = new List<Axis>();
        var bytes = element * (sizes[^1] + before[^1] + after[^1]);
        for (var d = sizes.Count - 2; d >= 0; d--)
        {
            axes.Insert(0, new Axis(sizes[d], before[d] * bytes, after[d] * bytes));
            bytes *= sizes[d] + before[d] + after[d];
        }

        return new PadShape([.. axes.SkipWhile(axis => axis is { Count: 1, Before: 0, After: 0 })], element * before[^1], element * sizes[^1], element * after[^1]);
    }

    public long Cycles(Core core)
    {
        var (rows, filled) = (1L, 0L);
        foreach (var axis in Axes)
        {
            filled += rows * (Filled(axis.Before) + Filled(axis.After));
            rows *= axis.Count;
        }

        var row = IsShort ? Words(Before) + (2 * Words(Run)) + Words(After) + 2 + (6 / Unrolled) : Filled(Before) + Copied(Run) + Filled(After) + 6;
        return 50 + ((filled + (rows * row)) * (core == Core.CortexM7 ? 68 : 100) / 100);
    }

    public bool Equals(PadShape? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    private static long Filled(int bytes) => (bytes / BlockBytes * (bytes < 2 * BlockBytes ? 9L : 11)) + Words(bytes % BlockBytes) + (bytes > 0 ? 1 : 0);

    private static long Copied(int bytes) => (bytes / BlockBytes * (bytes < 2 * BlockBytes ? 18L : 20)) + (2 * Words(bytes % BlockBytes)) + 1;

    private static int Words(int bytes) => (bytes / WordBytes) + (bytes % WordBytes == 3 ? 2 : bytes % WordBytes == 0 ? 0 : 1);

    internal readonly record struct Axis(int Count, int Before, int After);
}
