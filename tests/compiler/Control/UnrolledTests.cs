// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Control;

/// <summary>A recurrent layer that the converter has unrolled: the same weights in every step of the chain.</summary>
public sealed class UnrolledTests
{
    private const int Size = 32;

    /// <summary>A step adds its calls and their parameters, no weights, bias, multipliers or code.</summary>
    [Fact]
    public void A_chain_has_its_weights_once()
    {
        var (one, many) = (Compiler.Compile(Chain(1), "chain", Core.CortexM4, Core.CortexM7), Compiler.Compile(Chain(9), "chain", Core.CortexM4, Core.CortexM7));

        var each = (many.Image.Length - one.Image.Length) / 8;
        Assert.InRange(each, 1, Size * Size * 3 / 4);
        Assert.Equal(one.Programs[1].Code!.Bytes.Length, many.Programs[1].Code!.Bytes.Length);
    }

    // h = tanh(W x + U h), from h = 0.
    private static byte[] Chain(int steps)
    {
        var model = new TfliteModelBuilder();
        var random = new Random(1);
        int Tensor(string name, float scale) => model.AddTensor(name, TensorType.INT8, [1, Size], scale);
        int Weights(string name)
        {
            var bytes = new byte[Size * Size];
            random.NextBytes(bytes);
            return model.AddTensor(name, TensorType.INT8, [Size, Size], 0.01f, 0, bytes);
        }

        int[] inputs = [.. Enumerable.Range(0, steps).Select(t => Tensor($"x{t}", 0.05f))];
        var (w, u) = (Weights("w"), Weights("u"));
        var bias = model.AddTensor("bias", TensorType.INT32, [Size], 0.0005f, 0, TfliteModelBuilder.Bytes(Enumerable.Range(0, Size).ToArray()));
        var h = model.AddTensor("start", TensorType.INT8, [1, Size], 1f / 128, 0, new byte[Size]);
        for (var t = 0; t < steps; t++)
        {
            var (a, b, sum, next) = (Tensor($"a{t}", 0.1f), Tensor($"b{t}", 0.1f), Tensor($"sum{t}", 0.1f), Tensor($"h{t}", 1f / 128));
            model
                .AddOperator(BuiltinOperator.FULLY_CONNECTED, new FullyConnectedOptions(ActivationFunction.NONE), [inputs[t], w, bias], [a], version: 4)
                .AddOperator(BuiltinOperator.FULLY_CONNECTED, new FullyConnectedOptions(ActivationFunction.NONE), [h, u, -1], [b], version: 4)
                .AddOperator(BuiltinOperator.ADD, new AddOptions(ActivationFunction.NONE), [a, b], [sum], version: 2)
                .AddOperator(BuiltinOperator.TANH, new NoOptions(), [sum], [next], version: 2);
            h = next;
        }

        return model.Inputs(inputs).Outputs(h).BuildFile();
    }
}
