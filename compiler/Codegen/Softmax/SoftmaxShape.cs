// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Softmax;

/// <summary>Rows of a softmax.</summary>
/// <param name="Entries">Of the table. Where they are fewer than differences, the last one is 0 and stands for the rest.</param>
/// <param name="IsWide">The output has 16 bits.</param>
internal sealed record SoftmaxShape(int Rows, int Depth, int Entries, bool IsWide)
{
    public const int MostEntries = 256;

    /// <summary>Elements of a word, which are computed together.</summary>
    public const int Group = 4;

    /// <summary>
    /// The reciprocal of (1 + x) / 2 is 2^30 and more in Q0.31 for all x but the last three below 1 (all 2^30 of them were tried). Sums that
    /// come so near 2^bits have 30 bits at least, which needs more elements than this; of 8 bits an output is 0 then in any case.
    /// </summary>
    private const int MostWide = 1024;

    public int Width => IsWide ? 16 : 8;

    public int Words => Depth / Group;

    public int Rest => Depth % Group;

    /// <summary>Exponentials of one group stay in registers.</summary>
    public bool FitsRegisters => Depth <= Group;

    public bool IsExact => !IsWide || Depth <= MostWide;

    /// <summary>Predicted, without wait states.</summary>
    public long Cycles(Core core)
    {
        var (call, row, element) = core == Core.CortexM7 ? (100, 58, FitsRegisters ? 10 : 12.8) : (140, 62, FitsRegisters ? 10.5 : 16.5);
        return call + (long)(Rows * (row + (Depth * element)));
    }
}
