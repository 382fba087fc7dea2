// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>exp(x) over the sum of all exp(x).</summary>
internal sealed record Softmax(string Name, IReadOnlyList<string> Inputs) : Layer(Name, Inputs)
{
    public override Tensor Run(IReadOnlyList<Tensor> inputs)
    {
        var largest = inputs[0].Values.Max();
        var exponentials = inputs[0].Values.Select(x => MathF.Exp(x - largest)).ToArray();
        var sum = exponentials.Sum();
        return new Tensor(inputs[0].Shape, [.. exponentials.Select(e => e / sum)]);
    }

    // TensorFlow Lite fixes the quantization of an int8 softmax: probabilities from 0 to 255/256.
    public override IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated) =>
        new Integer.Softmax(inputs[0], calibrated with { Scale = 1f / 256, ZeroPoint = -128 });
}
