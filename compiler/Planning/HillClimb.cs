// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Planning;

/// <summary>
/// Improves the order in which <see cref="FirstFit"/> places buffers: one that reaches the top of the packing changes places with
/// one that is alive together with it, or with one of those; the change stays unless the packing gets higher. Arm's Vela compiler
/// allocates in this way. The random numbers have a fixed seed, so the result is the same on every machine.
/// </summary>
internal static class HillClimb
{
    private const int MostRounds = 1000;

    /// <summary>Pairs of buffers looked at in all rounds: about two seconds, of which networks of some hundred buffers need a tenth.</summary>
    private const long Budget = 50_000_000;

    /// <summary>The lowest packing found from all of <see cref="FirstFit.Orders"/>.</summary>
    public static Packing Best(PackingProblem problem)
    {
        var (order, best) = FirstFit.Orders(problem)
            .Select(order => order.ToArray())
            .Select(order => (Order: order, Packing: FirstFit.Pack(problem, order)))
            .MinBy(start => start.Packing.Height);

        var random = new Random(1);
        var rounds = Math.Min(MostRounds, Budget / Math.Max(1, problem.Neighbours.Sum(near => (long)near.Length)));
        for (var round = 0; round < rounds && best.Height > problem.LowerBound; round++)
        {
            var next = Changed(problem, order, best, random);
            var packing = FirstFit.Pack(problem, next);
            if (packing.Height <= best.Height)
            {
                (order, best) = (next, packing);
            }
        }

        return best;
    }

    private static int[] Changed(PackingProblem problem, int[] order, Packing packing, Random random)
    {
        int Any(int[] choices) => choices[random.Next(choices.Length)];

        var top = Enumerable.Range(0, problem.Count).First(i => packing.Offsets[i] + problem.Sizes[i] == packing.Height);
        var near = Any(problem.Neighbours[top]);
        var (a, b) = random.Next(2) == 0 ? (top, near) : (near, Any(problem.Neighbours[near]));

        var next = order.ToArray();
        var (at, with) = (Array.IndexOf(next, a), Array.IndexOf(next, b));
        (next[at], next[with]) = (b, a);
        return next;
    }
}
