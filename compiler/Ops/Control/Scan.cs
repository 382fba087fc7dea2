// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Control;

/// <summary>
/// <paramref name="Body"/>, <paramref name="Turns"/> times: a loop that needs no tensor to know when it ends, and goes over sequences row by row. No
/// operator of TensorFlow Lite; <see cref="Passes.CountTurns"/> finds it. <see cref="ScanParts"/> says which operand is what. Planning takes it apart
/// (<see cref="Planning.Linear"/>).
/// </summary>
/// <param name="Turns">At least 1.</param>
/// <param name="Carried">Values that a turn hands to the next, the first inputs and outputs of node and body.</param>
/// <param name="Taken">Sequences, the inputs behind them: in the body each is the row of the turn.</param>
internal sealed record Scan(Graph Body, int Turns, int Carried, int Taken) : ControlOp
{
    public override string Name => "scan";

    protected override string Attributes => $"{Turns}";

    public override IReadOnlyList<Graph> Graphs => [Body];

    public override void Check(Node node)
    {
        var parts = ScanParts.Of(node);
        CheckSame(node, "inputs", [.. parts.Carried.Select(value => value.Inner)], [.. parts.Carried.Select(value => value.Start)]);
        CheckSame(node, "outputs", [.. parts.Carried.Select(value => value.Next)], [.. parts.Carried.Select(value => value.Inner)]);
        CheckSame(node, "outputs", [.. parts.Carried.Select(value => value.Inner)], [.. parts.Carried.Select(value => value.End)]);
        CheckSame(node, "inputs", [.. parts.Fixed.Select(value => value.Inner)], [.. parts.Fixed.Select(value => value.Outer)]);
        foreach (var (sequence, row) in parts.Taken.Concat(parts.Put))
        {
            Require.That(
                sequence.Type == row.Type && sequence.Shape.Count >= (long)Turns * row.Shape.Count && sequence.Shape.Count % row.Shape.Count == 0,
                node,
                $"{row.Type.DisplayName()} {row.Shape} in each of {Turns} turns as rows of {sequence.Type.DisplayName()} {sequence.Shape}",
                "sequences of as many rows");
        }
    }

    /// <summary>Of all turns.</summary>
    public override long Macs(Node node) => Turns * Body.Macs();
}

/// <summary>The operands of a <see cref="Scan"/> by their meaning.</summary>
internal sealed class ScanParts
{
    public required int Turns { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<Node> Nodes { get; set; }

    /// <summary>What a turn hands to the next: before the loop, in the body, at the body's end, after the loop.</summary>
    public required IReadOnlyList<(Value Start, Value Inner, Value Next, Value End)> Carried { get; set; }

    /// <summary>Sequences that are read, and their rows in the body.</summary>
    public required IReadOnlyList<(Value Sequence, Value Row)> Taken { get; set; }

    /// <summary>Sequences that are written, and their rows in the body.</summary>
    public required IReadOnlyList<(Value Sequence, Value Row)> Put { get; set; }

    /// <summary>The same in every turn.</summary>
    public required IReadOnlyList<(Value Outer, Value Inner)> Fixed { get; set; }

    public static ScanParts Of(Node node)
    {
        var scan = (Scan)node.Op;
        var body = scan.Body;
        return new ScanParts
        {
            Turns = scan.Turns,
            Name = body.Name,
            Nodes = body.Nodes,
            Carried = [.. Enumerable.Range(0, scan.Carried).Select(i => (node.Inputs[i], body.Inputs[i], body.Outputs[i], node.Outputs[i]))],
            Taken = [.. Enumerable.Range(scan.Carried, scan.Taken).Select(i => (node.Inputs[i], body.Inputs[i]))],
            Put = [.. Enumerable.Range(scan.Carried, body.Outputs.Count - scan.Carried).Select(i => (node.Outputs[i], body.Outputs[i]))],
            Fixed = [.. Enumerable.Range(scan.Carried + scan.Taken, body.Inputs.Count - scan.Carried - scan.Taken).Select(i => (node.Inputs[i], body.Inputs[i]))],
        };
    }

    /// <summary>Leaves out what has no effect, given what is read after the loop.</summary>
    public void Prune(Func<Value, bool> isRead)
    {
        Put = [.. Put.Where(pair => isRead(pair.Sequence))];
        var needed = new HashSet<Value>(Put.Select(pair => pair.Row).Concat(Carried.Where(value => isRead(value.End)).SelectMany(value => new[] { value.Inner, value.Next })));
        for (var before = -1; before < needed.Count;)
        {
            before = needed.Count;
            foreach (var node in Nodes.Reverse().Where(node => node.Outputs.Any(needed.Contains)))
            {
                needed.UnionWith(node.Inputs);
            }

            needed.UnionWith(Carried.Where(value => needed.Contains(value.Inner)).Select(value => value.Next));
        }

        Nodes = [.. Nodes.Where(node => node.Outputs.Any(needed.Contains))];
        Carried = [.. Carried.Where(value => needed.Contains(value.Inner))];
        Taken = [.. Taken.Where(pair => needed.Contains(pair.Row))];
        Fixed = [.. Fixed.Where(pair => needed.Contains(pair.Inner))];
    }

    public Node Node(Origin origin)
    {
        var body = new Graph(
            Name,
            [.. Carried.Select(value => value.Inner), .. Taken.Select(pair => pair.Row), .. Fixed.Select(pair => pair.Inner)],
            [.. Carried.Select(value => value.Next), .. Put.Select(pair => pair.Row)],
            Nodes);
        return new Node(
            new Scan(body, Turns, Carried.Count, Taken.Count),
            [.. Carried.Select(value => value.Start), .. Taken.Select(pair => pair.Sequence), .. Fixed.Select(pair => pair.Outer)],
            [.. Carried.Select(value => value.End), .. Put.Select(pair => pair.Sequence)],
            origin);
    }
}
