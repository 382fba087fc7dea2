// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Planning;

/// <summary>
/// Places buffers one after the other, each at the lowest offset where it fits. The order decides how good that is; decreasing
/// size is what TensorFlow Lite Micro does (Pisarchyk and Lee, "Efficient Memory Management for Deep Neural Net Inference", 2020).
/// </summary>
internal static class FirstFit
{
    /// <summary>The orders that do well on real networks, to start from.</summary>
    public static IEnumerable<IEnumerable<int>> Orders(PackingProblem problem)
    {
        var all = Enumerable.Range(0, problem.Count).ToArray();
        long Span(int i) => problem.Buffers[i].Last - problem.Buffers[i].First + 1L;
        long Crowd(int i) => problem.Cliques.Where(clique => clique.Contains(i)).Max(clique => clique.Sum(j => (long)problem.Sizes[j]));

        yield return all.OrderByDescending(i => problem.Sizes[i]).ThenByDescending(Span);
        yield return all.OrderByDescending(i => Span(i) * problem.Sizes[i]);
        yield return all.OrderByDescending(Span).ThenByDescending(i => problem.Sizes[i]);
        yield return all.OrderByDescending(Crowd).ThenByDescending(i => problem.Sizes[i]);
        yield return all.OrderBy(i => problem.Buffers[i].First).ThenByDescending(i => problem.Sizes[i]);
    }

    public static Packing Pack(PackingProblem problem, IEnumerable<int> order)
    {
        var offsets = new int[problem.Count];
        Array.Fill(offsets, -1);
        var height = 0;

        foreach (var i in order)
        {
            var offset = 0;
            foreach (var j in problem.Neighbours[i].Where(j => offsets[j] >= 0).OrderBy(j => offsets[j]))
            {
                if (offset + problem.Sizes[i] <= offsets[j])
                {
                    break;
                }

                offset = Math.Max(offset, offsets[j] + problem.Sizes[j]);
            }

            offsets[i] = offset;
            height = Math.Max(height, offset + problem.Sizes[i]);
        }

        return new Packing(offsets, height);
    }
}
