// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Commands;

/// <summary>Models of one fully connected layer, small enough to be computed by hand.</summary>
internal static class SmallModels
{
    /// <summary>y = [x0 + 2 x1 + 1, x0 - x1]; every scale is 1, so stored and real values are equal.</summary>
    public static TfliteModel Dense(TensorType type = TensorType.INT8, BuiltinOperator code = BuiltinOperator.FULLY_CONNECTED)
    {
        var isFloat = type == TensorType.FLOAT32;
        var model = new TfliteModelBuilder();
        var x = model.AddTensor("x", type, [1, 2], isFloat ? 0 : 1);
        var w = isFloat
            ? model.AddTensor("w", type, [2, 2], data: TfliteModelBuilder.Bytes(1f, 2f, 1f, -1f))
            : model.AddTensor("w", type, [2, 2], 1, 0, TfliteModelBuilder.Bytes<sbyte>(1, 2, 1, -1));
        var b = isFloat
            ? model.AddTensor("b", type, [2], data: TfliteModelBuilder.Bytes(1f, 0f))
            : model.AddTensor("b", TensorType.INT32, [2], 1, 0, TfliteModelBuilder.Bytes(1, 0));
        var y = model.AddTensor("y", type, [1, 2], isFloat ? 0 : 1);
        var options = code == BuiltinOperator.FULLY_CONNECTED
            ? new FullyConnectedOptions(ActivationFunction.NONE, FullyConnectedWeights.DEFAULT, false, false, TensorType.FLOAT32)
            : (OperatorOptions)new NoOptions();
        return model.AddOperator(code, options, [x, w, b], [y]).Inputs(x).Outputs(y).Build();
    }
}
