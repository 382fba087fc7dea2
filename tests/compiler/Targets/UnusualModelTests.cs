// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.OpCases;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Targets;

/// <summary>Models that are legal and seldom seen: each runs, or is refused in a sentence that names the place.</summary>
public sealed class UnusualModelTests
{
    private static readonly Lazy<ITarget> Host = new(() => TargetNames.Create("host-asan"));
    private readonly TfliteModelBuilder _model = new();

    [Fact]
    public void An_input_can_be_an_output()
    {
        var (x, y) = (Int8("x"), Int8("y"));
        _model.AddOperator(BuiltinOperator.RELU, new NoOptions(), [x], [y]);

        Check(_model.Inputs(x).Outputs(x, y, x), [1, 254, 3, 4], [1, 254, 3, 4, 1, 0, 3, 4, 1, 254, 3, 4]);
    }

    [Fact]
    public void A_model_can_have_no_operator()
    {
        var x = Int8("x");

        Check(_model.Inputs(x).Outputs(x), [1, 2, 3, 4], [1, 2, 3, 4]);
    }

    [Fact]
    public void An_output_can_be_a_constant()
    {
        var (x, c, y) = (Int8("x"), Int8("c", 9, 8, 7, 6), Int8("y"));
        _model.AddOperator(BuiltinOperator.RELU, new NoOptions(), [x], [y]);

        Check(_model.Inputs(x).Outputs(c, y), [1, 2, 3, 4], [9, 8, 7, 6, 1, 2, 3, 4]);
    }

    [Fact]
    public void An_output_can_be_computed_on_the_PC()
    {
        var (x, c, y, z) = (Int8("x"), Int8("c", 9, 200, 7, 6), Int8("y"), Int8("z"));
        _model.AddOperator(BuiltinOperator.RELU, new NoOptions(), [c], [y]).AddOperator(BuiltinOperator.RELU, new NoOptions(), [x], [z]);

        Check(_model.Inputs(x).Outputs(y, z), [1, 2, 3, 4], [9, 0, 7, 6, 1, 2, 3, 4]);
    }

    [Fact]
    public void An_input_need_not_be_read()
    {
        var (x, unread, y) = (Int8("x"), Int8("unread"), Int8("y"));
        _model.AddOperator(BuiltinOperator.RELU, new NoOptions(), [x], [y]);

        Check(_model.Inputs(unread, x).Outputs(y), [5, 5, 5, 5, 1, 254, 3, 4], [1, 0, 3, 4]);
    }

    [Fact]
    public void What_is_computed_on_the_way_can_be_an_output()
    {
        var (x, y, z) = (Int8("x"), Int8("y"), Int8("z"));
        _model.AddOperator(BuiltinOperator.RELU, new NoOptions(), [x], [y]).AddOperator(BuiltinOperator.ADD, new AddOptions(ActivationFunction.NONE), [y, y], [z]);

        Check(_model.Inputs(x).Outputs(z, y), [1, 254, 3, 4], [2, 0, 6, 8, 1, 0, 3, 4]);
    }

    [Theory]
    [InlineData("INT64", 8)]
    [InlineData("BOOL", 1)]
    [InlineData("INT32", 4)]
    [InlineData("UINT8", 1)]
    public void Elements_of_any_type_can_be_moved(string name, int size)
    {
        var type = Enum.Parse<TensorType>(name);
        var (x, y) = (_model.AddTensor("x", type, [2, 3]), _model.AddTensor("y", type, [6]));
        var shape = _model.AddTensor("shape", TensorType.INT32, [1], data: TfliteModelBuilder.Bytes(6));
        _model.AddOperator(BuiltinOperator.RESHAPE, new ReshapeOptions([6]), [x, shape], [y]);
        var bytes = Enumerable.Range(0, 6 * size).Select(i => (byte)(i % size == 0 ? i / size % 2 : 0)).ToArray();

        Check(_model.Inputs(x).Outputs(y), bytes, bytes);
    }

    [Fact]
    public void A_free_dimension_has_the_size_that_is_stored()
    {
        var x = _model.AddTensor(new TfliteTensor { Name = "x", Type = TensorType.INT8, Shape = [1, 4], ShapeSignature = [-1, 4], Quantization = new([1], [0], 0) });
        var y = _model.AddTensor(new TfliteTensor { Name = "y", Type = TensorType.INT8, Shape = [1, 4], ShapeSignature = [-1, 4], Quantization = new([1], [0], 0) });
        _model.AddOperator(BuiltinOperator.RELU, new NoOptions(), [x], [y]);

        Check(_model.Inputs(x).Outputs(y), [1, 254, 3, 4], [1, 0, 3, 4]);
    }

    [Fact]
    public void A_model_of_uint8_stays_one_to_its_caller()
    {
        int Tensor(string name, TensorType type = TensorType.UINT8) => _model.AddTensor(name, type, [4], type == TensorType.UINT8 ? 1 : 0, 100);
        var (x, y, cast, sum) = (Tensor("x"), Tensor("y"), Tensor("cast", TensorType.INT32), Tensor("sum"));
        _model
            .AddOperator(BuiltinOperator.RELU, new NoOptions(), [x], [y])
            .AddOperator(BuiltinOperator.CAST, new CastOptions(TensorType.UINT8, TensorType.INT32), [y], [cast])
            .AddOperator(BuiltinOperator.ADD, new AddOptions(ActivationFunction.NONE), [y, x], [sum]);

        Check(_model.Inputs(x).Outputs(y, cast, sum, x), [90, 100, 110, 200], [100, 100, 110, 200, .. TfliteModelBuilder.Bytes(100, 100, 110, 200), 90, 100, 120, 255, 90, 100, 110, 200]);
    }

    [Fact]
    public void Weights_of_int8_beside_floats_are_refused()
    {
        var (x, y) = (_model.AddTensor("x", TensorType.FLOAT32, [1, 2]), _model.AddTensor("y", TensorType.FLOAT32, [1, 1]));
        var w = _model.AddTensor("w", TensorType.INT8, [1, 2], 0.5f, 0, new byte[] { 1, 2 });
        _model.AddOperator(BuiltinOperator.FULLY_CONNECTED, new FullyConnectedOptions(ActivationFunction.NONE), [x, w, -1], [y]);

        Refused(_model.Inputs(x).Outputs(y), "operator 0 FULLY_CONNECTED \"y\": weights \"w\" of int8 for inputs of float32, which dynamic range quantization makes (supported: one of both: convert again with a representative data set for int8, or without optimizations for float32)");
    }

    [Fact]
    public void Strings_are_refused()
    {
        var (x, y) = (_model.AddTensor("x", TensorType.STRING, [1]), _model.AddTensor("y", TensorType.STRING, [1]));
        _model.AddOperator(BuiltinOperator.RELU, new NoOptions(), [x], [y]);

        Refused(_model.Inputs(x).Outputs(y), "operator 0 RELU \"y\": tensor \"x\": type STRING is not supported");
    }

    [Theory]
    [InlineData("ADD")]
    [InlineData("CONV_2D")]
    [InlineData("FULLY_CONNECTED")]
    [InlineData("PAD")]
    [InlineData("SELECT_V2")]
    [InlineData("STRIDED_SLICE")]
    public void Operators_without_their_operands_are_refused(string name)
    {
        var code = Enum.Parse<BuiltinOperator>(name);
        var (x, y) = (Int8("x"), Int8("y"));
        _model.AddOperator(new TfliteOperator { Code = code, Version = 1, Options = OperatorOptions.Read(code, 0, null, "test"), Inputs = [x], Outputs = [y] });

        Refused(_model.Inputs(x).Outputs(y), $"operator 0 {code} \"y\": input 1 is missing");
    }

    [Fact]
    public void An_output_that_nothing_computes_is_refused()
    {
        var (x, y) = (Int8("x"), Int8("y"));

        Refused(_model.Inputs(x).Outputs(y), "\"y\"");
    }

    [Fact]
    public void Operators_in_a_wrong_order_are_refused()
    {
        var (x, y, z) = (Int8("x"), Int8("y"), Int8("z"));
        _model.AddOperator(BuiltinOperator.RELU, new NoOptions(), [y], [z]).AddOperator(BuiltinOperator.RELU, new NoOptions(), [x], [y]);

        Refused(_model.Inputs(x).Outputs(z), "\"y\"");
    }

    /// <summary>Converters of object detectors leave them out: what follows from the operator's options is the same model.</summary>
    [Fact]
    public void Shapes_of_detections_need_not_be_in_the_file()
    {
        var file = CaseText.Parse(File.ReadLines(Path.Combine(Checkout.Root, "tests", "ops", "detection_postprocess", "cases.txt")).First(line => !line.StartsWith('#'))).Model();
        var model = TfliteReader.Read(file);
        var main = model.Subgraphs[0];
        var without = model with { Subgraphs = [main with { Tensors = [.. main.Tensors.Select((tensor, i) => main.Outputs.Contains(i) ? tensor with { Shape = [] } : tensor)] }] };

        Assert.Equal(Compiler.Compile(file, "detector").Image, Compiler.Compile(TfliteWriter.Write(without), "detector").Image);
    }

    private static void Check(TfliteModelBuilder model, byte[] fed, byte[] expected)
    {
        var image = Compiler.Compile(model.BuildFile(), "unusual").Image;
        Assert.Equal([.. expected, .. expected], Host.Value.Run(new TargetRun(image, (byte[])[.. fed, .. fed], 2)));
    }

    private static void Refused(TfliteModelBuilder model, string sentence) =>
        Assert.Contains(sentence, Assert.ThrowsAny<CompilerException>(() => Compiler.Compile(model.BuildFile(), "unusual")).Message);

    private int Int8(string name, params byte[] data) => _model.AddTensor(name, TensorType.INT8, [4], 1, 0, data);
}
