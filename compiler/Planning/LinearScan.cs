// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Planning;

/// <summary>
/// The same for loops of a known number of turns, which ask at the end of a turn whether there is another.
/// <code>
///   %h, %y = scan&lt;24>(%h0, %x)
/// =>
///   %v = carry(%h0)
///   %n, %l = first_turn
///   landing&lt;L0>
///   %r = take_row(%x, %n)
///   ... body of %v and %r
///   %l' = put_row(%l, %n, %p)
///   %v' = carry(%b)
///   %n', %more = next_turn&lt;24>(%n)
///   branch&lt;L0,true>(%more, %v', %n', %l', what is read in the loop)
///   %h, %y = landing
/// </code>
/// %y, %l and %l' are tied, and hold nothing before the first turn; so are %h, %v and %v'.
/// </summary>
internal sealed partial class Linear
{
    private void AddScan(Node node)
    {
        var (parts, head) = (ScanParts.Of(node), NewLabel());
        Value[] held = [.. parts.Carried.Select(value => value.Inner)];
        Value[] lists = [.. parts.Put.Select(pair => pair.Sequence.Like($"{pair.Sequence.Name}/rows"))];
        var turn = Turn(node, "/turn");

        foreach (var (outer, inner) in parts.Fixed)
        {
            Enter(node, outer, inner);
        }

        Carry(node, [.. parts.Carried.Select(value => value.Start)], held);
        _nodes.Add(new Node(new FirstTurn(), [], [turn, .. lists], node.Origin));
        Land(node, head);
        var start = _nodes.Count;

        _nodes.AddRange(parts.Taken.Select(pair => new Node(new TakeRow(), [Now(pair.Sequence), turn], [pair.Row], node.Origin)));
        Add(parts.Nodes);

        var filled = lists.Select(list => list.Like($"{list.Name}/next")).ToArray();
        _nodes.AddRange(parts.Put.Select((pair, i) => new Node(new PutRow(), [lists[i], turn, Now(pair.Row)], [filled[i]], node.Origin)));
        var next = held.Select(value => value.Like($"{value.Name}/next")).ToArray();
        Carry(node, [.. parts.Carried.Select(value => Apart(node, Now(value.Next), held))], next);
        var (nextTurn, more) = (Turn(node, "/turn/next"), new Value($"{node.Origin.Name}/more", ElementType.Bool, new Shape(1)));
        _nodes.Add(new Node(new NextTurn(parts.Turns, Story(parts)), [turn], [nextTurn, more], node.Origin));
        for (var i = start; i < _nodes.Count; i++)
        {
            _nodes[i] = _nodes[i].InLoopOf(parts.Turns);
        }

        Branch(node, head, true, [more, .. next, nextTurn, .. filled, .. ReadFromBefore(start).Except([.. held, turn, .. lists])]);

        Land(node, NewLabel(), node.Outputs);
        _ties.AddRange(held.Zip(next, (value, tied) => new Tie(value, tied)));
        _ties.AddRange(held.Zip(parts.Carried, (value, carried) => new Tie(value, carried.End)));
        _ties.AddRange(lists.Zip(filled, (value, tied) => new Tie(value, tied)));
        _ties.AddRange(lists.Zip(parts.Put, (value, put) => new Tie(value, put.Sequence)));
        _ties.Add(new Tie(turn, nextTurn));
    }

    private static string Story(ScanParts parts) =>
        $"{parts.Turns} turns, counted without tensors: {parts.Carried.Count} values handed on, {parts.Taken.Count} sequences read and {parts.Put.Count} written row by row";

    private static Value Turn(Node node, string suffix) => new(node.Origin.Name + suffix, ElementType.S32, new Shape(1));
}
