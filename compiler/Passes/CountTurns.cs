// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// A while whose condition is that a counter is below a constant is a scan of so many turns. What its body gathers from a sequence by the turn's number
/// are rows that it is handed, what it puts into a list by that number are rows that it hands out; counters that nothing else reads disappear; what they end with is known.
/// <code>
///   %n, %list, %h = while($zero, %start, %h0, %x)
///   begin  condition
///   %more = compare&lt;&lt;>(%i, $turns)
///   begin  body
///   %row = gather&lt;axis=0>(%x, %i)
///   ...
///   %list' = put_row(%list, %i, %y)
///   %i' = integer&lt;add>(%i, $one)
/// =>
///   %h, %list = scan&lt;turns>(%h0, %x)
///   begin  body
///   ... of %row, giving %y
/// </code>
/// Exact: every row of the list is written, so that what it starts with is never read. One turn is no loop at all. Loops whose number of turns is
/// computed, that count in other steps, or that are left early stay what they are.
/// </summary>
internal sealed class CountTurns : IPass
{
    /// <summary>The runtime stops loops after more turns, TI_MAX_TURNS, as it must.</summary>
    private const int Most = 1 << 20;

    public void Run(Graph graph)
    {
        foreach (var node in graph.Nodes.Where(node => node.Op is While).ToList())
        {
            var counters = new LoopTurns(node);
            if (counters.Turns is { } turns and <= Most)
            {
                Rewrite(graph, node, counters, turns);
            }
        }
    }

    private static void Rewrite(Graph graph, Node node, LoopTurns counters, int turns)
    {
        var body = ((While)node.Op).Body;
        int[] all = [.. Enumerable.Range(0, node.Inputs.Count)];
        int[] kept = [.. all.Where(i => body.Outputs[i] == body.Inputs[i])];
        var sequences = kept.ToDictionary(i => body.Inputs[i], i => node.Inputs[i]);
        Value? SequenceOf(Value value) => value.IsConstant ? value : sequences.GetValueOrDefault(value);

        var taken = body.Nodes.Where(gather => IsRow(gather, turns) && counters.IsTurn(gather.Inputs[1]) && SequenceOf(gather.Input) is not null).ToArray();
        var lists = all.Except(kept).ToDictionary(i => i, i => ListOf(body, i, counters, turns));
        var removed = taken.Concat(lists.Values.OfType<CollectedRows>().SelectMany(list => list.Nodes)).ToHashSet();

        var parts = new ScanParts
        {
            Turns = turns,
            Name = body.Name,
            Nodes = [.. body.Nodes.Where(inner => !removed.Contains(inner))],
            Carried = [.. lists.Where(list => list.Value is null).Select(list => (node.Inputs[list.Key], body.Inputs[list.Key], body.Outputs[list.Key], node.Outputs[list.Key]))],
            Taken = [.. taken.Select(gather => (SequenceOf(gather.Input)!, gather.Output))],
            Put = [.. lists.Where(list => list.Value is not null).Select(list => (node.Outputs[list.Key], list.Value!.Row))],
            Fixed = [.. kept.Select(i => (node.Inputs[i], body.Inputs[i]))],
        };

        foreach (var (i, number) in counters.After(turns))
        {
            graph.Redirect(node.Outputs[i], Value.OfIntegers(node.Outputs[i].Name, node.Outputs[i].Shape, [number]));
        }

        parts.Prune(graph.IsRead);
        var unchanged = kept.Where(i => graph.IsRead(node.Outputs[i])).Select(i => new Node(new Carry(), [node.Inputs[i]], [node.Outputs[i]], node.Origin));
        IEnumerable<Node> loop = parts.Carried.Count + parts.Put.Count == 0 ? [] : turns == 1 && IsWhole(parts) ? Once(parts, node.Origin) : [parts.Node(node.Origin)];
        graph.Replace([node], [.. loop, .. unchanged]);
    }

    private static bool IsRow(Node node, int turns) =>
        node is { Op: Gather { BatchDimensions: 0 } gather }
        && node.Inputs[1].Shape.Count == 1
        && node.Input.Shape.Dimensions.Take(gather.Axis).All(size => size == 1)
        && node.Input.Shape[gather.Axis] >= turns;

    // A value that the body does nothing to but put a row into it.
    private static CollectedRows? ListOf(Graph body, int index, LoopTurns counters, int turns)
    {
        var (own, result) = (body.Inputs[index], body.Outputs[index]);
        if (body.ProducerOf(body.Source(result)) is not { Op: PutRow } put
            || body.Source(put.Input) != own || !counters.IsTurn(put.Inputs[1]) || put.Input.Shape.Count != turns * put.Inputs[2].Shape.Count || body.Source(put.Inputs[2]) == own)
        {
            return null;
        }

        var nodes = new HashSet<Node>();
        var values = new HashSet<Value> { own };
        for (var value = result; value != own; value = body.ProducerOf(value)!.Input)
        {
            values.Add(value);
            nodes.Add(body.ProducerOf(value)!);
        }

        return values.All(value => body.ReadersOf(value).All(nodes.Contains)) && body.Outputs.Count(values.Contains) == 1 ? new CollectedRows(put.Inputs[2], nodes) : null;
    }

    private static bool IsWhole(ScanParts parts) => parts.Taken.Concat(parts.Put).All(pair => pair.Sequence.Shape.Count == pair.Row.Shape.Count);

    private static IEnumerable<Node> Once(ScanParts parts, Origin origin)
    {
        Node Copy(Value from, Value to) => new(new Carry(), [from], [to], origin);
        return
        [
            .. parts.Carried.Select(value => Copy(value.Start, value.Inner)),
            .. parts.Taken.Select(pair => Copy(pair.Sequence, pair.Row)),
            .. parts.Fixed.Select(pair => Copy(pair.Outer, pair.Inner)),
            .. parts.Nodes,
            .. parts.Carried.Select(value => Copy(value.Next, value.End)),
            .. parts.Put.Select(pair => Copy(pair.Row, pair.Sequence)),
        ];
    }

    private sealed record CollectedRows(Value Row, IReadOnlySet<Node> Nodes);
}
