// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using Xunit;

namespace TinyInfer.Compiler.Tests.Passes;

/// <summary>Graphs for the tests of passes, a line a node. Tensors are int8 with scale 1/4 and zero point -4 unless told otherwise.</summary>
internal sealed class GraphBuilder
{
    private static readonly Quantization Usual = new(0.25f, -4);

    private readonly List<Value> _inputs = [];
    private readonly List<Node> _nodes = [];
    private readonly List<State> _states = [];

    /// <summary>Gets how many nodes there are.</summary>
    public int Count => _nodes.Count;

    public static Value Tensor(string name, params int[] shape) => new(name, ElementType.S8, new Shape(shape)) { Quantization = Usual };

    public static Value Tensor(string name, Quantization quantization, params int[] shape) =>
        new(name, ElementType.S8, new Shape(shape)) { Quantization = quantization };

    public static Value Floats(string name, params int[] shape) => new(name, ElementType.F32, new Shape(shape));

    public static Value Integers(string name, params int[] shape) => new(name, ElementType.S32, new Shape(shape));

    public Value Input(Value value)
    {
        _inputs.Add(value);
        return value;
    }

    /// <summary>A state that starts as zeros; <paramref name="next"/> must be written by a node.</summary>
    public Value State(Value value, Value next)
    {
        _states.Add(new State(value, next, new byte[value.ByteSize]));
        return value;
    }

    public Value Add(Op op, Value output, params IReadOnlyList<Value> inputs)
    {
        _nodes.Add(new Node(op, inputs, [output], new Origin(_nodes.Count, op.Name, output.Name)));
        return output;
    }

    /// <summary>A node of several outputs; gives the first one.</summary>
    public Value Add(Op op, IReadOnlyList<Value> outputs, IReadOnlyList<Value> inputs)
    {
        _nodes.Add(new Node(op, inputs, outputs, new Origin(_nodes.Count, op.Name, outputs[0].Name)));
        return outputs[0];
    }

    public Graph Build(params IReadOnlyList<Value> outputs)
    {
        var graph = new Graph("test", _inputs, outputs, _nodes, _states);
        GraphVerifier.Verify(graph);
        return graph;
    }

    /// <summary>Runs one pass and compares what is left, the printer's text without its indent.</summary>
    public void Check(IPass pass, string expected, params IReadOnlyList<Value> outputs)
    {
        var graph = Build(outputs);
        pass.Run(graph);
        GraphVerifier.Verify(graph);
        Assert.Equal(expected, string.Join('\n', GraphPrinter.Print(graph).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())));
    }
}
