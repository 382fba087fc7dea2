// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>Weights are [outputs, inputs].</summary>
internal sealed record FullyConnected(string Name, IReadOnlyList<string> Inputs, Tensor Weights, float[] Bias, Activation Activation)
    : Layer(Name, Inputs)
{
    public override Tensor Run(IReadOnlyList<Tensor> inputs)
    {
        var x = inputs[0].Values;
        var output = new float[Bias.Length];
        for (var o = 0; o < output.Length; o++)
        {
            var sum = Bias[o];
            for (var i = 0; i < x.Length; i++)
            {
                sum += x[i] * Weights.Values[(o * x.Length) + i];
            }

            output[o] = Activation == Activation.Relu ? Math.Max(sum, 0) : sum;
        }

        return new Tensor([1, output.Length], output);
    }

    public override IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated) =>
        new Integer.FullyConnected(inputs[0], calibrated, QuantizedWeights.PerTensor(Weights, Bias, inputs[0]), Activation);

    public override Layer? WithRelu() => Activation == Activation.None ? this with { Activation = Activation.Relu } : null;
}
