// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// Which weights meet which halves of a row's words. A word of the plane holds two neighbours of a row as int16. Where both are
/// taps of an output, one SMLAD with a pair of weights serves them; a tap alone takes one half of whichever word of weights has it.
/// </summary>
internal static class DepthwiseTaps
{
    /// <summary>The multiplications of one row of taps, for some outputs of a row, counted from one that begins at an even column.</summary>
    /// <param name="first">The first of the outputs.</param>
    /// <param name="step">From one to the next.</param>
    public static IEnumerable<Tap> Row(DepthwiseAxis columns, int count, int first = 0, int step = 1) =>
        from output in Enumerable.Range(0, count)
        from tap in Enumerable.Range(0, columns.Filter)
        let column = ((first + (output * step)) * columns.Stride) + (tap * columns.Dilation)
        group (tap, IsHigh: column % 2 == 1) by (output, Word: column / 2) into halves
        select new Tap(
            halves.Key.output,
            halves.Key.Word,
            halves.Where(half => !half.IsHigh).Select(half => (int?)half.tap).FirstOrDefault(),
            halves.Where(half => half.IsHigh).Select(half => (int?)half.tap).FirstOrDefault());

    /// <summary>
    /// The words of weights for some rows of taps: the pairs of each row, then what no pair has. Taps are numbered row by row.
    /// </summary>
    public static IReadOnlyList<WeightPair> Pairs(DepthwiseAxis columns, int rows, int count, int first = 0, int step = 1)
    {
        var ofRow = Row(columns, count, first, step).Where(tap => tap.Low is not null && tap.High is not null).Select(tap => (Low: tap.Low!.Value, High: tap.High!.Value)).Distinct().ToArray();
        var pairs = Enumerable.Range(0, rows).Select(row => row * columns.Filter).SelectMany(first => ofRow.Select(pair => new WeightPair(first + pair.Low, first + pair.High))).ToArray();
        var alone = Enumerable.Range(0, rows * columns.Filter).Where(tap => !pairs.Any(pair => pair.Has(tap)));
        return [.. pairs, .. alone.Chunk(2).Select(two => new WeightPair(two[0], two.Length > 1 ? two[1] : null))];
    }
}

/// <summary>What one output takes from one word of a row: the taps that lie on its halves.</summary>
internal readonly record struct Tap(int Output, int Word, int? Low, int? High);

/// <summary>Two weights of a channel in a word, as int16.</summary>
internal readonly record struct WeightPair(int Low, int? High)
{
    public bool Has(int tap) => Low == tap || High == tap;
}
