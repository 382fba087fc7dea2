// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Oracle;

/// <summary>What <see cref="TfliteWriter"/> writes is a model to TensorFlow Lite itself, not only to our reader.</summary>
public sealed class OracleTests
{
    [OracleFact]
    public void A_built_model_adds_as_the_formula_says()
    {
        var model = new TfliteModelBuilder();
        var a = model.AddTensor("a", TensorType.INT8, [1, 4], 0.5f, 0);
        var b = model.AddTensor("b", TensorType.INT8, [1, 4], 0.5f, 0, new byte[] { 1, 2, 3, 0x80 });
        var sum = model.AddTensor("sum", TensorType.INT8, [1, 4], 0.5f, 0);
        var file = model
            .AddOperator(BuiltinOperator.ADD, new AddOptions(ActivationFunction.NONE), [a, b], [sum], version: 2)
            .Inputs(a).Outputs(sum).BuildFile();

        using var oracle = new TensorFlowLite(file);

        // Equal scales, so sum = a + b, saturated to -128..127.
        Assert.Equal([11, 22, 127, 0x80], oracle.Run([10, 20, 126, 0xf0])[0]);
    }

    // A handful, because TensorFlow Lite 2.9.0 corrupts the process on some models that TFLM runs (tflm_keyword_scrambled_8bit).
    [OracleFact]
    public void A_rewritten_model_gives_the_same_bytes_as_the_original()
    {
        if (Corpus.Folder is null)
        {
            return;
        }

        string[] names =
        [
            "core/coral_lstm_mnist_ptq", "core/mlperf_resnet8_int8", "core/mlperf_sww_int8", "core/mww_hey_jarvis_v2",
            "core/tflm_dtln_ns_int8", "core/tflm_hello_world_int8",
        ];

        Assert.All(names, name =>
        {
            var folder = Path.Combine(Corpus.Folder, name);
            var original = File.ReadAllBytes(Path.Combine(folder, "model.tflite"));
            var input = File.ReadAllBytes(Path.Combine(folder, "in0.bin"));
            using var before = new TensorFlowLite(original);
            using var after = new TensorFlowLite(TfliteWriter.Write(TfliteReader.Read(original)));
            Assert.Equal(before.RunBlock(input), after.RunBlock(input));
        });
    }

    // 1 * 0.3 = 0.3, whose multiplier is 0.6 * 2^-1. One step gives round(0.3) = 0; two give round(0.6) = 1, then round(1 / 2) = 1.
    [OracleFact]
    public void Rounding_is_chosen_for_each_interpreter()
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor("x", TensorType.INT8, [1, 1], 0.3f);
        var w = model.AddTensor("w", TensorType.INT8, [1, 1], 1, 0, new byte[] { 1 });
        var y = model.AddTensor("y", TensorType.INT8, [1, 1], 1);
        var file = model
            .AddOperator(BuiltinOperator.FULLY_CONNECTED, new FullyConnectedOptions(ActivationFunction.NONE), [x, w, -1], [y], version: 4)
            .Inputs(x).Outputs(y).BuildFile();

        using var twice = new TensorFlowLite(file, OracleRounding.DoubleHalfUp);
        using var once = new TensorFlowLite(file, OracleRounding.Single);

        Assert.Equal([1], twice.Run([1])[0]);
        Assert.Equal([0], once.Run([1])[0]);
        Assert.Equal([1], twice.Run([1])[0]);
    }

    [OracleFact]
    public void Every_result_can_be_made_an_output()
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor("x", TensorType.INT8, [1, 2], 1);
        var middle = model.AddTensor("middle", TensorType.INT8, [1, 2], 1);
        var y = model.AddTensor("y", TensorType.INT8, [1, 2], 1);
        model
            .AddOperator(BuiltinOperator.ADD, new AddOptions(ActivationFunction.NONE), [x, x], [middle], version: 2)
            .AddOperator(BuiltinOperator.ADD, new AddOptions(ActivationFunction.NONE), [middle, x], [y], version: 2)
            .Inputs(x).Outputs(y);

        using var oracle = new TensorFlowLite(TfliteWriter.Write(TensorFlowLite.WithEveryResult(model.Build())));
        var results = oracle.Run([3, 5]);

        Assert.Equal([6, 10], results[0]);
        Assert.Equal([9, 15], results[1]);
    }
}
