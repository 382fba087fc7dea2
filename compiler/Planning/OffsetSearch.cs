// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Planning;

/// <summary>
/// Branch and bound for the lowest packing, after Moffitt, "MiniMalloc: A Lightweight Memory Allocator for
/// Hardware-Accelerated Machine Learning" (ASPLOS 2023). Buffers are placed in the order of their offsets, each resting on those
/// below it, so an offset is never guessed: it follows from which buffer comes next. A branch ends when, at some step, the
/// buffers still to be placed cannot fit below the best packing known.
/// The budget counts work, not time: the result is the same on every machine.
/// </summary>
internal sealed class OffsetSearch
{
    private readonly PackingProblem _problem;
    private readonly int[] _rest;          // lowest offset left to each buffer, given what is below
    private readonly int[] _offset;        // -1 until placed
    private readonly int[] _floor;         // for each clique, the top of what is placed
    private readonly long[] _pending;      // for each clique, bytes still to be placed
    private readonly int[][] _cliquesOf;
    private readonly int[] _preference;    // rank of each buffer among those at equal offsets
    private long _budget;
    private int _left;
    private Packing _best;

    private OffsetSearch(PackingProblem problem, Packing start, long budget)
    {
        _problem = problem;
        _best = start;
        _budget = budget;
        _left = problem.Count;
        _rest = new int[problem.Count];
        _offset = new int[problem.Count];
        Array.Fill(_offset, -1);
        _floor = new int[problem.Cliques.Length];
        _pending = [.. problem.Cliques.Select(clique => clique.Sum(i => (long)problem.Sizes[i]))];
        _cliquesOf = [.. Enumerable.Range(0, problem.Count).Select(i => Enumerable.Range(0, _floor.Length).Where(c => problem.Cliques[c].Contains(i)).ToArray())];
        _preference = new int[problem.Count];
        foreach (var (rank, i) in Enumerable.Range(0, problem.Count).OrderByDescending(Area).Index())
        {
            _preference[i] = rank;
        }
    }

    /// <param name="start">A packing to improve on.</param>
    /// <param name="budget">Buffers that may be looked at.</param>
    /// <returns>The lowest packing found, and whether there is none lower.</returns>
    public static (Packing Packing, bool IsOptimal) Improve(PackingProblem problem, Packing start, long budget)
    {
        if (start.Height == problem.LowerBound)
        {
            return (start, true);
        }

        var search = new OffsetSearch(problem, start, budget);
        search.Explore(0, -1);
        return (search._best, search._budget > 0 || search._best.Height == problem.LowerBound);
    }

    private long Area(int i) => (_problem.Buffers[i].Last - _problem.Buffers[i].First + 1L) * _problem.Sizes[i];

    // `level` and `last`: offset and preference of the buffer placed before; what follows is not below it.
    private void Explore(int level, int last)
    {
        _budget -= _problem.Count;
        if (_left == 0)
        {
            Record();
            return;
        }

        foreach (var i in Candidates(level, last))
        {
            if (_budget <= 0 || _best.Height == _problem.LowerBound)
            {
                return;
            }

            Try(i);
        }
    }

    // A buffer that would leave room below it for another pending one cannot be next: moving the other one down there gives a
    // packing that is no higher, and that one is searched too.
    private int[] Candidates(int level, int last)
    {
        var ceiling = int.MaxValue;
        var candidates = new List<int>();
        for (var i = 0; i < _problem.Count; i++)
        {
            if (_offset[i] < 0)
            {
                ceiling = Math.Min(ceiling, Math.Max(_rest[i], level) + _problem.Sizes[i]);
                if (_rest[i] > level || (_rest[i] == level && _preference[i] > last))
                {
                    candidates.Add(i);
                }
            }
        }

        return [.. candidates.Where(i => _rest[i] < ceiling).OrderBy(i => _rest[i]).ThenBy(i => _preference[i])];
    }

    private void Try(int i)
    {
        var (rests, floors) = (_problem.Neighbours[i].Select(j => _rest[j]).ToArray(), _cliquesOf[i].Select(c => _floor[c]).ToArray());
        var top = _rest[i] + _problem.Sizes[i];

        _left--;
        _offset[i] = _rest[i];
        foreach (var j in _problem.Neighbours[i])
        {
            _rest[j] = Math.Max(_rest[j], top);
        }

        foreach (var c in _cliquesOf[i])
        {
            _floor[c] = top;
            _pending[c] -= _problem.Sizes[i];
        }

        if (CanImprove(_rest[i]))
        {
            Explore(_rest[i], _preference[i]);
        }

        foreach (var (at, c) in _cliquesOf[i].Index())
        {
            _floor[c] = floors[at];
            _pending[c] += _problem.Sizes[i];
        }

        foreach (var (at, j) in _problem.Neighbours[i].Index())
        {
            _rest[j] = rests[at];
        }

        _offset[i] = -1;
        _left++;
    }

    private bool CanImprove(int level)
    {
        for (var c = 0; c < _floor.Length; c++)
        {
            var reached = _pending[c] > 0 ? Math.Max(_floor[c], level) + _pending[c] : _floor[c];
            if (reached >= _best.Height)
            {
                return false;
            }
        }

        return true;
    }

    private void Record() => _best = new Packing([.. _offset], Enumerable.Range(0, _offset.Length).Max(i => _offset[i] + _problem.Sizes[i]));
}
