// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Planning;

/// <summary>The calls that remain as steps under a sharing, and the first and last step that needs each group of values.</summary>
internal sealed class Lifetimes
{
    private readonly int[] _first;
    private readonly int[] _last;
    private readonly int[] _size;

    public Lifetimes(ComputedValues values, IReadOnlyList<LoweredCall> calls, StorageGroups groups)
    {
        _first = [.. Enumerable.Repeat(int.MaxValue, values.Count)];
        _last = [.. Enumerable.Repeat(int.MinValue, values.Count)];
        _size = new int[values.Count];
        Steps = [.. calls.Where(call => call.Moves is null || !groups.Holds(call.Moves))];

        for (var step = 0; step < Steps.Count; step++)
        {
            foreach (var value in Steps[step].Values)
            {
                Extend(groups.GroupOf(value), step);
            }
        }

        for (var value = 0; value < values.Count; value++)
        {
            var group = groups.GroupOf(value);
            _size[group] = Math.Max(_size[group], groups.OffsetOf(value) + values[value].ByteSize);

            if (values.First(value) < 0)
            {
                Extend(group, -1);
            }

            if (values.Last(value) == values.Graph.Nodes.Count)
            {
                Extend(group, Steps.Count);
            }
        }

        // What shares memory with a state survives with it.
        foreach (var state in values.Graph.States)
        {
            Extend(groups.GroupOf(values.NumberOf(state.Value)), -1);
            Extend(groups.GroupOf(values.NumberOf(state.Value)), Steps.Count);
        }
    }

    public IReadOnlyList<LoweredCall> Steps { get; }

    public int First(int group) => _first[group];

    public int Last(int group) => _last[group];

    /// <summary>Bytes.</summary>
    public int Size(int group) => _size[group];

    /// <summary>Bytes that are live at each step, from -1 (the inputs) to the number of steps (the outputs).</summary>
    public long[] LiveBytes()
    {
        var live = new long[Steps.Count + 3];
        for (var group = 0; group < _size.Length; group++)
        {
            if (_first[group] <= _last[group])
            {
                live[_first[group] + 1] += ArenaPlan.Aligned(_size[group]);
                live[_last[group] + 2] -= ArenaPlan.Aligned(_size[group]);
            }
        }

        for (var i = 1; i < live.Length; i++)
        {
            live[i] += live[i - 1];
        }

        for (var step = 0; step < Steps.Count; step++)
        {
            live[step + 1] += ArenaPlan.Aligned(Steps[step].Call.Scratch);
        }

        return live[..^1];
    }

    private void Extend(int group, int step)
    {
        _first[group] = Math.Min(_first[group], step);
        _last[group] = Math.Max(_last[group], step);
    }
}
