// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using TinyInfer.Compiler.Tests.Control;
using TinyInfer.Compiler.Tests.Tflite;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Fuzz;

/// <summary>The files the fuzzer starts from: our own, so that it never runs empty, and the small ones of the corpus.</summary>
internal static class Seeds
{
    private const int LargestFile = 64 * 1024;
    private const int CorpusFiles = 60;

    public static IReadOnlyList<Seed> All()
    {
        var small = Corpus.Models().Where(path => new FileInfo(path).Length <= LargestFile).ToList();
        var step = Math.Max(1, small.Count / CorpusFiles);
        return [.. Own(), .. small.Where((_, index) => index % step == 0).Select(path => new Seed(Corpus.NameOf(path), File.ReadAllBytes(path)))];
    }

    private static IEnumerable<Seed> Own() =>
    [
        new("add", TfliteWriter.Write(TestModels.Add())),
        new("fully connected", FullyConnected(bias: true)),
        new("fully connected without bias", FullyConnected(bias: false)),
        new("convolution", Convolution()),
        new("control flow", ControlFlow()),
        new("choices and loops", new RandomControl(3).Make().File()),
        new("loops in loops", new RandomControl(11).Make().File()),
        new("custom", Custom()),
        new("binary convolution", BinaryConvolution()),
        new("every option", TfliteWriter.Write(TestModels.EveryOption())),
    ];

    private static byte[] FullyConnected(bool bias)
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor("x", TensorType.INT8, [1, 4], 0.5f, -3);
        var w = model.AddTensor("w", TensorType.INT8, [2, 4], 0.25f, 0, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 });
        var b = model.AddTensor("b", TensorType.INT32, [2], 0.125f, 0, TfliteModelBuilder.Bytes(5, 6));
        var y = model.AddTensor("y", TensorType.INT8, [1, 2], 0.5f, 4);
        return model
            .AddOperator(BuiltinOperator.FULLY_CONNECTED, new FullyConnectedOptions(ActivationFunction.RELU), [x, w, bias ? b : -1], [y], version: 4)
            .Inputs(x).Outputs(y).BuildFile();
    }

    private static byte[] Convolution()
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor("x", TensorType.INT8, [1, 4, 4, 2], 0.5f, -3);
        var w = model.AddTensor("w", TensorType.INT8, [2, 1, 1, 2], new TfliteQuantization([0.5f, 0.25f], [0, 0], 0), new byte[] { 1, 2, 3, 4 });
        var b = model.AddTensor("b", TensorType.INT32, [2], new TfliteQuantization([0.25f, 0.125f], [0, 0], 0), TfliteModelBuilder.Bytes(5, 6));
        var y = model.AddTensor("y", TensorType.INT8, [1, 4, 4, 2], 0.5f, 4);
        var shape = model.AddTensor("shape", TensorType.INT32, [2], data: TfliteModelBuilder.Bytes(1, 32));
        var z = model.AddTensor("z", TensorType.INT8, [1, 32], 0.5f, 4);
        return model
            .AddOperator(BuiltinOperator.CONV_2D, new Conv2DOptions(Padding.SAME, 1, 1, 1, 1, ActivationFunction.RELU), [x, w, b], [y], version: 3)
            .AddOperator(BuiltinOperator.RESHAPE, new ReshapeOptions([1, 32]), [y, shape], [z])
            .AddMetadata("labels", "yes\nno\n"u8.ToArray())
            .Inputs(x).Outputs(z).Describe("a convolution").BuildFile();
    }

    private static byte[] ControlFlow()
    {
        var caller = TestModels.One(BuiltinOperator.WHILE, new WhileOptions(1, 2));
        var body = TestModels.One(BuiltinOperator.LEAKY_RELU, new LeakyReluOptions(0.1f)).Subgraphs[0];
        var variable = TestModels.One(BuiltinOperator.VAR_HANDLE, new VarHandleOptions("", "state")).Subgraphs[0];
        return TfliteWriter.Write(caller with
        {
            Subgraphs = [caller.Subgraphs[0], body, variable],
            Signatures = [new TfliteSignature("serve", 0, [new("x", 0)], [new("y", 1)])],
        });
    }

    private static byte[] BinaryConvolution()
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor("x", TensorType.INT32, [1, 3, 3, 1]);
        var w = model.AddTensor("w", TensorType.INT32, [2, 3, 3, 1], data: new byte[72]);
        var t = model.AddTensor("t", TensorType.INT32, [2], data: TfliteModelBuilder.Bytes(100, 200));
        var y = model.AddTensor("y", TensorType.INT32, [1, 3, 3, 1]);
        string[] names = ["channels_in", "dilation_height_factor", "dilation_width_factor", "fused_activation_function", "pad_values", "padding", "stride_height", "stride_width"];
        double[] numbers = [32, 1, 1, 0, 1, 0, 1, 1];
        return model
            .AddOperator(new TfliteOperator
            {
                Code = BuiltinOperator.CUSTOM,
                CustomName = "LceBconv2d",
                Inputs = [x, w, -1, -1, t],
                Outputs = [y],
                CustomOptions = FlexMapWriter.Write(names.Zip(numbers).ToImmutableSortedDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)),
            })
            .Inputs(x).Outputs(y).BuildFile();
    }

    private static byte[] Custom()
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor("x", TensorType.INT16, [1, 3], 0.5f);
        var y = model.AddTensor(new TfliteTensor { Name = "y", Type = TensorType.INT16, Shape = [1, 3], ShapeSignature = [-1, 3], IsVariable = true });
        return model
            .AddOperator(new TfliteOperator
            {
                Code = BuiltinOperator.CUSTOM, CustomName = "Signal", Inputs = [x, -1], Outputs = [y], Intermediates = [x], CustomOptions = new byte[20],
            })
            .Inputs(x).Outputs(y).BuildFile();
    }
}
