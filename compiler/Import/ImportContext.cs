// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Import;

/// <summary>One operator of the .tflite file as an op's Import sees it: operands are values, and nodes go into the graph.</summary>
internal sealed class ImportContext(
    TfliteOperator source,
    Origin origin,
    IReadOnlyList<Value?> inputs,
    IReadOnlyList<Value> outputs,
    Func<int, Shape, Value> shaped,
    List<Node> nodes,
    Variables variables,
    Func<int, (Variables Variables, IReadOnlyList<Node> Nodes)> called,
    Func<int, IReadOnlyList<Value>, Subgraph> nested)
{
    // A shape is only a claim of the file; what is allocated by it needs a limit of its own.
    private const int MostChannels = 1 << 16;

    public Origin Origin { get; } = origin;

    public Variables Variables { get; } = variables;

    public int InputCount => inputs.Count;

    public IReadOnlyList<Value> Outputs { get; } = outputs;

    /// <summary>Every input, for ops that take any number of them.</summary>
    public IReadOnlyList<Value> Inputs => [.. Enumerable.Range(0, inputs.Count).Select(Input)];

    public Value Input(int index) =>
        OptionalInput(index) ?? throw Origin.Refuse($"input {index} is missing", "a tensor");

    public Value? OptionalInput(int index) => index < inputs.Count ? inputs[index] : null;

    /// <summary>The elements of a constant int32 or int64 input, called <paramref name="what"/> in messages: axes, sizes, paddings.</summary>
    public int[] Integers(int index, string what)
    {
        var value = Input(index);
        return value is { IsConstant: true, Type: ElementType.S32 or ElementType.S64 }
            ? value.Integers()
            : throw Origin.Refuse($"{what} {Quoted.Name(value.Name)} is {(value.IsConstant ? value.Type.DisplayName() : "computed at run time")}", "a constant of int32 or int64");
    }

    /// <summary>The only element of such an input.</summary>
    public int Integer(int index, string what) => Integers(index, what) is [var only]
        ? only
        : throw Origin.Refuse($"{what} {Quoted.Name(Input(index).Name)} of shape {Input(index).Shape}", "one number");

    public Value Output(int index) =>
        index < Outputs.Count ? Outputs[index] : throw Origin.Refuse($"output {index} is missing", "a tensor");

    /// <summary>An output whose shape follows from the operator: that is its shape where the file has none, as converters leave it out for custom operators.</summary>
    public Value Output(int index, Shape inferred) =>
        Output(index) is { Shape.Rank: 0, IsConstant: false } && inferred.Dimensions.All(size => size > 0) ? shaped(index, inferred) : Output(index);

    /// <summary>The operator's typed options.</summary>
    public T Options<T>()
        where T : OperatorOptions => (T)source.Options;

    /// <summary>The options of a custom operator, by name.</summary>
    public FlexMap CustomOptions() => FlexMap.Read(source.CustomOptions, Origin.ToString());

    public Activation Activation(ActivationFunction fused) => fused switch
    {
        ActivationFunction.NONE => Ops.Activation.None,
        ActivationFunction.RELU => Ops.Activation.Relu,
        ActivationFunction.RELU_N1_TO_1 => Ops.Activation.ReluN1To1,
        ActivationFunction.RELU6 => Ops.Activation.Relu6,
        _ => throw Origin.Refuse($"fused activation {fused}", "NONE, RELU, RELU_N1_TO_1, RELU6"),
    };

    /// <summary>
    /// A bias of zeros, for operators that leave theirs out. Its type is that of the accumulator: int64 for int16 inputs,
    /// unless the operator says otherwise, float32 for float32.
    /// </summary>
    public Value ZeroBias(Value input, int channels, TensorType accumulator = TensorType.INT64)
    {
        if (channels > MostChannels)
        {
            throw Origin.Refuse($"{channels} output channels", $"{MostChannels}");
        }

        var type = input.Type switch
        {
            ElementType.F32 => ElementType.F32,
            ElementType.S16 when accumulator != TensorType.INT32 => ElementType.S64,
            _ => ElementType.S32,
        };
        return new Value($"{Output(0).Name}/zero_bias", type, new Shape(channels)) { Constant = new byte[channels * type.Size()] };
    }

    /// <summary>What the operators of another subgraph compute and do with variables, those being its own.</summary>
    public (Variables Variables, IReadOnlyList<Node> Nodes) Called(int subgraph) => called(subgraph);

    /// <summary>Another subgraph, which the operator runs on <paramref name="operands"/>.</summary>
    public Subgraph Nested(int subgraph, IReadOnlyList<Value> operands) => nested(subgraph, operands);

    public void Add(Op op, IReadOnlyList<Value> nodeInputs, IReadOnlyList<Value> nodeOutputs) =>
        nodes.Add(new Node(op, nodeInputs, nodeOutputs, Origin));
}
