// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Control;

/// <summary>A subgraph of a model with control flow, an operator a line. Tensors are int32 without a quantization, conditions bool.</summary>
internal sealed class ControlGraph
{
    private readonly List<ControlGraph> _all;
    private readonly TfliteModelBuilder _builder = new();
    private readonly Dictionary<int, int[]> _shapes = [];

    public ControlGraph()
        : this([])
    {
    }

    private ControlGraph(List<ControlGraph> all)
    {
        _all = all;
        Number = all.Count;
        all.Add(this);
    }

    public int Number { get; }

    /// <summary>Another subgraph of the same model.</summary>
    public ControlGraph Called() => new(_all);

    public int[] ShapeOf(int tensor) => _shapes[tensor];

    public int Integers(params int[] shape) => Named(_builder.AddTensor($"t{_shapes.Count}", TensorType.INT32, shape), shape);

    public int Constant(params int[] items) =>
        Named(_builder.AddTensor($"c{_shapes.Count}", TensorType.INT32, [items.Length], data: TfliteModelBuilder.Bytes<int>(items)), [items.Length]);

    /// <summary>An operator of two int32 tensors; gives the result.</summary>
    public int Do(BuiltinOperator code, int a, int b)
    {
        var condition = code is BuiltinOperator.LESS or BuiltinOperator.GREATER or BuiltinOperator.EQUAL or BuiltinOperator.LOGICAL_AND or BuiltinOperator.LOGICAL_OR;
        var shape = ShapeOf(a)[0] >= ShapeOf(b)[0] ? ShapeOf(a) : ShapeOf(b);
        var result = condition ? Named(_builder.AddTensor($"b{_shapes.Count}", TensorType.BOOL, shape), shape) : Integers(shape);
        OperatorOptions options = code switch
        {
            BuiltinOperator.ADD => new AddOptions(ActivationFunction.NONE),
            BuiltinOperator.SUB => new SubOptions(ActivationFunction.NONE),
            BuiltinOperator.MUL => new MulOptions(ActivationFunction.NONE),
            _ => new NoOptions(),
        };
        _builder.AddOperator(code, options, [a, b], [result]);
        return result;
    }

    /// <summary>Any operator of one int32 result.</summary>
    public int Do(BuiltinOperator code, OperatorOptions options, int[] shape, params int[] inputs)
    {
        var result = Integers(shape);
        _builder.AddOperator(code, options, inputs, [result]);
        return result;
    }

    /// <summary>One element.</summary>
    public int Element(int vector, int index)
    {
        var result = Integers(1);
        _builder.AddOperator(BuiltinOperator.SLICE, new NoOptions(), [vector, Constant(index), Constant(1)], [result]);
        return result;
    }

    public int[] If(int condition, ControlGraph then, ControlGraph otherwise, int[] inputs)
    {
        var results = then.Results.Select(result => Integers(then.ShapeOf(result))).ToArray();
        _builder.AddOperator(BuiltinOperator.IF, new IfOptions(then.Number, otherwise.Number), [condition, .. inputs], results);
        return results;
    }

    public int[] While(ControlGraph condition, ControlGraph body, int[] inputs)
    {
        var results = inputs.Select(input => Integers(ShapeOf(input))).ToArray();
        _builder.AddOperator(BuiltinOperator.WHILE, new WhileOptions(condition.Number, body.Number), inputs, results);
        return results;
    }

    public int[] Results { get; private set; } = [];

    public ControlGraph Edges(int[] inputs, params int[] outputs)
    {
        _builder.Inputs(inputs).Outputs(outputs);
        Results = outputs;
        return this;
    }

    public TfliteModel Model() => _builder.Build() with { Subgraphs = [.. _all.SelectMany(graph => graph._builder.Build().Subgraphs)] };

    public byte[] File() => TfliteWriter.Write(Model());

    private int Named(int tensor, int[] shape)
    {
        _shapes[tensor] = shape;
        return tensor;
    }
}
