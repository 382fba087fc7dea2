// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Variables;

/// <summary>Models with variables, an operator a line. Tensors are int8 with scale 1/4 and zero point -4.</summary>
internal sealed class VariableModel
{
    private readonly TfliteModelBuilder _main = new();
    private readonly TfliteModelBuilder _initial = new();
    private int _initialized;

    public const sbyte ZeroPoint = -4;

    public int Tensor(string name, params int[] shape) => _main.AddTensor(name, TensorType.INT8, shape, 0.25f, ZeroPoint);

    public int Constant(params int[] items) => _main.AddTensor("integers", TensorType.INT32, [items.Length], data: TfliteModelBuilder.Bytes<int>(items));

    /// <summary>A handle of the variable, as its own VAR_HANDLE gives it.</summary>
    public int Handle(string variable) => Handle(_main, variable);

    public VariableModel Read(string variable, int tensor) => Do(BuiltinOperator.READ_VARIABLE, [Handle(variable)], [tensor]);

    public VariableModel Assign(string variable, int tensor) => Do(BuiltinOperator.ASSIGN_VARIABLE, [Handle(variable), tensor], []);

    public VariableModel Do(BuiltinOperator code, int[] inputs, int[] outputs, OperatorOptions? options = null)
    {
        _main.AddOperator(code, options ?? new NoOptions(), inputs, outputs);
        return this;
    }

    /// <summary>CALL_ONCE of the second subgraph.</summary>
    public VariableModel CallOnce(int subgraph = 1) => Do(BuiltinOperator.CALL_ONCE, [], [], new CallOnceOptions(subgraph));

    /// <summary>The second subgraph assigns these elements.</summary>
    public VariableModel Initially(string variable, int[] shape, params sbyte[] elements)
    {
        var bytes = TfliteModelBuilder.Bytes<sbyte>(elements);
        var constant = _initial.AddTensor($"initial{_initialized++}", TensorType.INT8, shape, 0.25f, ZeroPoint, bytes);
        _initial.AddOperator(BuiltinOperator.ASSIGN_VARIABLE, new NoOptions(), [Handle(_initial, variable), constant], []);
        return this;
    }

    public byte[] File(int[] inputs, params int[] outputs)
    {
        var model = _main.Inputs(inputs).Outputs(outputs).Build();
        return TfliteWriter.Write(model with { Subgraphs = [.. model.Subgraphs, .. _initial.Build().Subgraphs] });
    }

    private static int Handle(TfliteModelBuilder subgraph, string variable)
    {
        var handle = subgraph.AddTensor($"{variable}/handle", TensorType.RESOURCE, []);
        subgraph.AddOperator(BuiltinOperator.VAR_HANDLE, new VarHandleOptions("", variable), [], [handle]);
        return handle;
    }
}
