// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Tflite;

/// <summary>Small models for tests, some of them wrong on purpose.</summary>
internal static class TestModels
{
    /// <summary>sum = a + b over int8[1,4]; tensors 0, 1 (a constant) and 2.</summary>
    public static TfliteModel Add(int[]? inputs = null, int[]? outputs = null)
    {
        var model = new TfliteModelBuilder();
        var a = model.AddTensor("a", TensorType.INT8, [1, 4], 0.5f);
        var b = model.AddTensor("b", TensorType.INT8, [1, 4], 0.5f, 0, new byte[] { 1, 2, 3, 4 });
        var sum = model.AddTensor("sum", TensorType.INT8, [1, 4], 0.5f);
        return model
            .AddOperator(BuiltinOperator.ADD, new AddOptions(ActivationFunction.NONE), inputs ?? [a, b], outputs ?? [sum])
            .Inputs(a).Outputs(sum).Build();
    }

    /// <summary>One operator from x to y, whether or not that makes sense.</summary>
    public static TfliteModel One(BuiltinOperator code, OperatorOptions options)
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor("x", TensorType.INT8, [1, 4, 4, 1], 0.5f);
        var y = model.AddTensor("y", TensorType.INT8, [1, 4, 4, 1], 0.5f);
        return model.AddOperator(code, options, [x], [y]).Inputs(x).Outputs(y).Build();
    }

    /// <summary>A model of one tensor, which is its input and its output.</summary>
    public static TfliteModel Single(TfliteTensor tensor)
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor(tensor);
        return model.Inputs(x).Outputs(x).Build();
    }

    /// <summary>A file of one tensor whose table, and whose only buffer's, the caller fills in.</summary>
    public static byte[] Raw(Action<FlatTableBuilder> tensor, Action<FlatTableBuilder>? buffer = null)
    {
        var (tensorTable, bufferTable, subgraph, root) = (new FlatTableBuilder(), new FlatTableBuilder(), new FlatTableBuilder(), new FlatTableBuilder());
        tensorTable.String(3, "t");
        tensor(tensorTable);
        buffer?.Invoke(bufferTable);
        subgraph.Tables(0, [tensorTable]);
        root.Int(0, TfliteSchema.Version);
        root.Tables(2, [subgraph]);
        root.Tables(4, [new FlatTableBuilder(), bufferTable]);
        return FlatBufferWriter.Write(root, "TFL3"u8);
    }

    /// <summary>A file of one operator, with its code as given in the old field (0) and in the current one (3).</summary>
    public static byte[] WithOperatorCode(byte old, int current)
    {
        var (code, subgraph, root) = (new FlatTableBuilder(), new FlatTableBuilder(), new FlatTableBuilder());
        code.Byte(0, old);
        code.Int(3, current);
        subgraph.Tables(3, [new FlatTableBuilder()]);
        root.Int(0, TfliteSchema.Version);
        root.Tables(1, [code]);
        root.Tables(2, [subgraph]);
        return FlatBufferWriter.Write(root, "TFL3"u8);
    }
}
