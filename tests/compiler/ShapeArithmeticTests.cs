// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests;

/// <summary>What converters leave of shapes that are known: it is gone from the image, and a reshape that hung on it is a view.</summary>
public sealed class ShapeArithmeticTests
{
    private readonly TfliteModelBuilder _model = new();

    [Fact]
    public void Sums_and_products_of_dimensions_are_constants()
    {
        var x = _model.AddTensor("x", TensorType.INT8, [1, 6, 4], 0.5f);
        var height = Dimension(x, rank: 3, index: 1);
        var times = Binary(BuiltinOperator.MUL, new MulOptions(ActivationFunction.NONE), height, Number("four", 4));
        var plus = Binary(BuiltinOperator.ADD, new AddOptions(ActivationFunction.NONE), Number("two", 2), times);
        var minus = Binary(BuiltinOperator.SUB, new SubOptions(ActivationFunction.NONE), plus, Number("thirty", 30));
        var wide = _model.AddTensor("wide", TensorType.INT64, []);
        var listed = _model.AddTensor("listed", TensorType.INT64, [2]);
        _model
            .AddOperator(BuiltinOperator.CAST, new CastOptions(TensorType.INT32, TensorType.INT64), [minus], [wide])
            .AddOperator(BuiltinOperator.PACK, new PackOptions(2, 0), [wide, wide], [listed]);

        var compiled = Compiler.Compile(_model.Inputs(x).Outputs(listed).BuildFile(), "chain");

        Assert.Empty(compiled.Schedule.Steps);
        Assert.Equal([(6 * 4) + 2 - 30, (6 * 4) + 2 - 30], compiled.Schedule.Graph.Outputs[0].As<long>());
    }

    [Fact]
    public void A_reshape_to_a_computed_shape_costs_nothing()
    {
        var x = _model.AddTensor("x", TensorType.INT8, [1, 6, 4], 0.5f);
        var batch = Dimension(x, rank: 3, index: 0);
        var shape = _model.AddTensor("shape", TensorType.INT32, [2]);
        var y = _model.AddTensor("y", TensorType.INT8, [1, 24], 0.5f);
        _model
            .AddOperator(BuiltinOperator.PACK, new PackOptions(2, 0), [batch, Number("rest", 24)], [shape])
            .AddOperator(BuiltinOperator.RESHAPE, new ReshapeOptions([]), [x, shape], [y]);

        var compiled = Compiler.Compile(_model.Inputs(x).Outputs(y).BuildFile(), "reshape");

        Assert.Empty(compiled.Schedule.Steps);
        Assert.Equal(24, compiled.Plan.ArenaSize);
    }

    /// <summary>x.shape[index], as Keras writes it.</summary>
    private int Dimension(int x, int rank, int index)
    {
        var shape = _model.AddTensor("x/shape", TensorType.INT32, [rank]);
        var dimension = _model.AddTensor("x/dimension", TensorType.INT32, []);
        int[] slice = [shape, Number("begin", index, [1]), Number("end", index + 1, [1]), Number("stride", 1, [1])];
        _model
            .AddOperator(BuiltinOperator.SHAPE, new ShapeOptions(TensorType.INT32), [x], [shape])
            .AddOperator(BuiltinOperator.STRIDED_SLICE, new StridedSliceOptions(0, 0, 0, 0, ShrinkAxisMask: 1), slice, [dimension]);
        return dimension;
    }

    private int Binary(BuiltinOperator code, OperatorOptions options, int a, int b, int[]? shape = null)
    {
        var result = _model.AddTensor($"{code}", TensorType.INT32, shape ?? []);
        _model.AddOperator(code, options, [a, b], [result]);
        return result;
    }

    private int Number(string name, int number, int[]? shape = null) =>
        _model.AddTensor(name, TensorType.INT32, shape ?? [], data: TfliteModelBuilder.Bytes(number));
}
