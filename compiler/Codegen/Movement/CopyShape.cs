// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Movement;

/// <summary>A strided copy as its routine sees it, in bytes.</summary>
/// <param name="Axes">Outermost first; none has one position.</param>
/// <param name="Run">Contiguous on both sides at each position.</param>
internal sealed record CopyShape(IReadOnlyList<CopyShape.Axis> Axes, int InOffset, int OutOffset, int Run)
{
    private const int MostOffset = 4000;
    private const int WordBytes = 4;
    private const int BlockBytes = 32;

    /// <summary>Longest run that is copied without a loop, with offsets.</summary>
    public const int ShortRun = 32;

    public bool KeepsPairs => Numbers.All(number => number % 2 == 0);

    /// <summary>True when a side begins at any byte, as a row does whose number is known at run time.</summary>
    public bool BeginsAnywhere { get; init; }

    /// <summary>True when every run starts at a word on both sides.</summary>
    public bool IsAligned => !BeginsAnywhere && Numbers.SkipLast(1).All(number => number % WordBytes == 0);

    /// <summary>Positions of the innermost axis that are copied without a step between them.</summary>
    public int Unrolled => Axes is not [.., var inner] || Run > ShortRun ? 1
        : new[] { 8, 4, 2, 1 }.First(count => count == 1 || (count * Run <= 2 * ShortRun && count <= inner.Count && Reaches(inner.In, count) && Reaches(inner.Out, count)));

    public string Name => $"copy_{string.Join('_', Axes.Select(axis => $"{axis.Count}i{axis.In}o{axis.Out}"))}_{InOffset}_{OutOffset}_{Run}".Replace('-', 'm');

    /// <summary>Predicted, without wait states.</summary>
    public long Cycles(Core core)
    {
        var cycles = Run > ShortRun ? (Run / BlockBytes * (IsAligned ? 22.0 : 42)) + (2 * RunCode.Pieces(Run % BlockBytes).Count()) + 4 : 2.1 * RunCode.Pieces(Run).Count();
        foreach (var (index, axis) in Axes.Index().Reverse())
        {
            var unrolled = index == Axes.Count - 1 ? Unrolled : 1;
            var rounds = axis.Count / unrolled;
            cycles = (axis.Count * cycles) + (rounds * (rounds > 1 ? 8 : 2));
        }

        return 40 + (long)(cycles * (core == Core.CortexM7 ? Run > ShortRun ? 0.55 : 0.7 : 1));
    }

    private IEnumerable<int> Numbers => [.. Axes.SelectMany(axis => new[] { axis.In, axis.Out }), InOffset, OutOffset, Run];

    public static CopyShape Of(KernelCall portable)
    {
        var call = new PortableCall(portable);
        var axes = call.Numbers("dims").Zip(call.Numbers("in_stride"), call.Numbers("out_stride")).Select(axis => new Axis(axis.First, axis.Second, axis.Third));
        return new CopyShape(
            [.. axes.Where(axis => axis.Count > 1)], call["in_offset"], call["out_offset"], call["run"]);
    }

    public bool Equals(CopyShape? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    private static bool Reaches(int stride, int count) => stride >= 0 && stride * (long)count <= MostOffset;

    internal readonly record struct Axis(int Count, int In, int Out);
}
