// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Planning;

/// <summary>
/// Which values live in one buffer, and at which byte of it. Immutable: <see cref="With"/> gives the groups after one more
/// merge, or null when two values would need the same byte for different contents at the same time.
/// </summary>
internal sealed class StorageGroups
{
    private readonly ComputedValues _values;
    private readonly int[] _group;
    private readonly int[] _offset;

    // Values of equal content number hold the same bytes wherever they overlap: a view and what it is a view of, a part and
    // its whole. The number is that of the widest of them, which contains the others.
    private readonly int[] _content;

    /// <summary>Every value in a group of its own, but for those of a state or a tie.</summary>
    public StorageGroups(ComputedValues values)
    {
        _values = values;
        _group = [.. Enumerable.Range(0, values.Count)];
        _content = [.. _group];
        _offset = new int[values.Count];
        foreach (var state in values.Graph.States)
        {
            _group[values.NumberOf(state.Next)] = values.NumberOf(state.Value);
        }

        foreach (var tie in values.Graph.Ties)
        {
            _group[values.NumberOf(tie.Tied)] = values.NumberOf(tie.Value);
        }
    }

    private StorageGroups(StorageGroups other)
    {
        _values = other._values;
        _group = [.. other._group];
        _content = [.. other._content];
        _offset = [.. other._offset];
    }

    public int GroupOf(int value) => _group[value];

    public int OffsetOf(int value) => _offset[value];

    /// <summary>True when the values of an alias lie as it says: a call that only moves the bytes is then not needed.</summary>
    public bool Holds(Alias alias)
    {
        var (inner, outer) = (_values.NumberOf(alias.Inner), _values.NumberOf(alias.Outer));
        return _group[inner] == _group[outer] && _offset[inner] == _offset[outer] + alias.Offset;
    }

    public StorageGroups? With(Alias alias)
    {
        var next = new StorageGroups(this);
        var (moved, kept) = (next.MembersOf(_group[_values.NumberOf(alias.Inner)]), next.MembersOf(_group[_values.NumberOf(alias.Outer)]));
        return next.Merge(alias) && !moved.Any(a => kept.Any(b => next.Collide(a, b))) ? next : null;
    }

    /// <summary>All of these or none: a merge of them may need another one for its values to mean the same.</summary>
    public StorageGroups? WithAll(IReadOnlyList<Alias> aliases)
    {
        var next = new StorageGroups(this);
        if (!aliases.All(alias => next.Holds(alias) ? next.ShareContent(alias) : next.Merge(alias)))
        {
            return null;
        }

        var merged = aliases.Select(alias => next._group[_values.NumberOf(alias.Inner)]).Distinct().Select(next.MembersOf);
        return merged.Any(members => members.Index().Any(a => members.Skip(a.Index + 1).Any(b => next.Collide(a.Item, b)))) ? null : next;
    }

    private bool Merge(Alias alias)
    {
        var (inner, outer) = (_values.NumberOf(alias.Inner), _values.NumberOf(alias.Outer));
        var (moved, kept) = (MembersOf(_group[inner]), MembersOf(_group[outer]));
        var shift = _offset[outer] + alias.Offset - _offset[inner];

        if (_group[inner] == _group[outer] || !ShareContent(alias))
        {
            return false;
        }

        foreach (var value in moved)
        {
            _offset[value] += shift;
            _group[value] = _group[outer];
        }

        var start = moved.Concat(kept).Min(value => _offset[value]);
        foreach (var value in moved.Concat(kept))
        {
            _offset[value] -= start;
        }

        return true;
    }

    // Refuses when neither of both contents is contained in the other.
    private bool ShareContent(Alias alias)
    {
        if (alias.Kind == AliasKind.Overwrite)
        {
            return true;
        }

        var (inner, outer) = (_values.NumberOf(alias.Inner), _values.NumberOf(alias.Outer));
        var (from, to) = (_content[inner], _content[outer]);
        if (_values[from].ByteSize != _values[inner].ByteSize)
        {
            if (!alias.IsWhole || _values[to].ByteSize != _values[outer].ByteSize)
            {
                return false;
            }

            (from, to) = (to, from);
        }

        for (var i = 0; i < _content.Length; i++)
        {
            _content[i] = _content[i] == from ? to : _content[i];
        }

        return true;
    }

    private int[] MembersOf(int group) => [.. Enumerable.Range(0, _group.Length).Where(value => _group[value] == group)];

    private bool Collide(int a, int b) =>
        _offset[a] < _offset[b] + _values[b].ByteSize && _offset[b] < _offset[a] + _values[a].ByteSize
        && _values.First(a) <= _values.Last(b) && _values.First(b) <= _values.Last(a)
        && _content[a] != _content[b]
        && !Overwrites(a, b) && !Overwrites(b, a);

    // `over` is written by the node that reads `old` for the last time, element by element.
    private bool Overwrites(int over, int old)
    {
        var at = _values.First(over);
        if (at < 0 || at != _values.Last(old) || at == _values.First(old))
        {
            return false;
        }

        var node = _values.Graph.Nodes[at];
        var output = node.Outputs.ToList().IndexOf(_values[over]);
        var from = _offset[old] - _offset[over];
        var isOver = from == 0 && node.Outputs[output].ByteSize <= _values[old].ByteSize;
        return node.Inputs.Index().Where(input => input.Item == _values[old]).All(input =>
            (isOver && (node.Op.Updates(output) == input.Index || node.CanOverwrite(output, input.Index)))
            || (output == 0 && node.Op.GrowsFrom(node, input.Index) is { } least && from == ArenaPlan.Aligned(least)));
    }
}
