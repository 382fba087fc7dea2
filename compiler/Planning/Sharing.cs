// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Planning;

/// <summary>
/// Which values share a buffer. Values are visited in execution order; an output joins the buffer of an input when it is a
/// view of it, or when the op may write over that input and nothing reads it later.
/// </summary>
internal sealed class Sharing
{
    private readonly Graph _graph;
    private readonly Dictionary<Value, Storage> _storage = [];
    private readonly Dictionary<Value, int> _lastRead = [];

    private Sharing(Graph graph)
    {
        _graph = graph;
        foreach (var (index, node) in graph.Nodes.Index())
        {
            foreach (var input in node.Inputs)
            {
                _lastRead[input] = index;
            }
        }

        foreach (var output in graph.Outputs)
        {
            _lastRead[output] = graph.Nodes.Count;
        }
    }

    public IReadOnlyDictionary<Value, Storage> Storage => _storage;

    public static Sharing Of(Graph graph)
    {
        var sharing = new Sharing(graph);

        foreach (var input in graph.Inputs)
        {
            sharing.Own(input);
        }

        foreach (var (index, node) in graph.Nodes.Index())
        {
            foreach (var (number, output) in node.Outputs.Index())
            {
                sharing.Place(node, index, number, output);
            }
        }

        return sharing;
    }

    /// <summary>True when every output of the node lies where its bytes already are.</summary>
    public bool NeedsNoKernel(Node node) => node.Outputs.Index().All(output => IsView(node, output.Index));

    private void Place(Node node, int index, int number, Value output)
    {
        if (node.Op.ViewOffset(node, number) is { } offset && _storage.TryGetValue(node.Input, out var viewed))
        {
            _storage[output] = new Storage(viewed.Buffer, viewed.Offset + offset);
            return;
        }

        var overwritten = number == 0
            ? node.Inputs.Index().FirstOrDefault(input => MayOverwrite(node, index, input.Index, output)).Item
            : null;

        if (overwritten is null)
        {
            Own(output);
        }
        else
        {
            _storage[output] = _storage[overwritten];
        }
    }

    private bool IsView(Node node, int number) =>
        node.Op.ViewOffset(node, number) is { } offset
        && _storage.TryGetValue(node.Input, out var viewed)
        && _storage[node.Outputs[number]] == new Storage(viewed.Buffer, viewed.Offset + offset);

    private bool MayOverwrite(Node node, int index, int number, Value output)
    {
        var input = node.Inputs[number];
        return node.Op.CanOverwrite(node, number)
            && _storage.TryGetValue(input, out var place)
            && output.ByteSize <= input.ByteSize
            && _lastRead[input] == index
            && node.Inputs.Count(other => other == input) == 1
            && _storage.Where(other => other.Key != input && other.Value.Buffer == place.Buffer)
                .All(other => _lastRead.GetValueOrDefault(other.Key, -1) < index);
    }

    private void Own(Value value) =>
        _storage[value] = new Storage(new Buffer(value.Name, MemoryRegion.Arena) { Size = value.ByteSize }, 0);
}
