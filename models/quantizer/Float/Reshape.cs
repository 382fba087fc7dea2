// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>Everything in one row.</summary>
internal sealed record Reshape(string Name, IReadOnlyList<string> Inputs) : Layer(Name, Inputs)
{
    public override Tensor Run(IReadOnlyList<Tensor> inputs) => new([1, inputs[0].Values.Length], inputs[0].Values);

    public override IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated) =>
        new Integer.Reshape(inputs[0], inputs[0] with { Name = calibrated.Name, Shape = calibrated.Shape });
}
