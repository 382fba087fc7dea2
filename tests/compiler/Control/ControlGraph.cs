// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Control;

/// <summary>
/// A subgraph of a model with control flow, an operator a line. Tensors are int32 without a quantization, conditions bool, handles of variables
/// known by name.
/// </summary>
internal sealed class ControlGraph
{
    private readonly Dictionary<string, int> _handles = [];
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

    /// <summary>The handle of a variable: one that was taken as an input, or the graph's own VAR_HANDLE.</summary>
    public int Handle(string variable)
    {
        if (!_handles.TryGetValue(variable, out var handle))
        {
            _builder.AddOperator(BuiltinOperator.VAR_HANDLE, new VarHandleOptions("", variable), [], [handle = TakeHandle(variable)]);
        }

        return handle;
    }

    /// <summary>A tensor for a handle that comes from outside.</summary>
    public int TakeHandle(string variable) => _handles[variable] = Named(_builder.AddTensor($"{variable}/handle{_shapes.Count}", TensorType.RESOURCE, []), []);

    public int Read(string variable, params int[] shape) => Do(BuiltinOperator.READ_VARIABLE, new NoOptions(), shape, Handle(variable));

    public void Assign(string variable, int value) => _builder.AddOperator(BuiltinOperator.ASSIGN_VARIABLE, new NoOptions(), [Handle(variable), value], []);

    public void CallOnce(ControlGraph initial) => _builder.AddOperator(BuiltinOperator.CALL_ONCE, new CallOnceOptions(initial.Number), [], []);

    public int[] If(int condition, ControlGraph then, ControlGraph otherwise, int[] inputs)
    {
        var results = then.Results.Select(result => Like(then, result)).ToArray();
        _builder.AddOperator(BuiltinOperator.IF, new IfOptions(then.Number, otherwise.Number), [condition, .. inputs], results);
        return results;
    }

    public int[] While(ControlGraph condition, ControlGraph body, int[] inputs)
    {
        var results = inputs.Select(input => Like(this, input)).ToArray();
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

    private int Like(ControlGraph graph, int tensor) =>
        graph._handles.FirstOrDefault(handle => handle.Value == tensor) is { Key: { } variable } ? TakeHandle(variable) : Integers(graph.ShapeOf(tensor));

    private int Named(int tensor, int[] shape)
    {
        _shapes[tensor] = shape;
        return tensor;
    }
}
