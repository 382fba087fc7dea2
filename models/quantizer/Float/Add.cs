// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>Element by element; both inputs have the same shape.</summary>
internal sealed record Add(string Name, IReadOnlyList<string> Inputs, Activation Activation) : Layer(Name, Inputs)
{
    public override Tensor Run(IReadOnlyList<Tensor> inputs)
    {
        var sums = inputs[0].Values.Zip(inputs[1].Values, (a, b) => a + b);
        return new Tensor(inputs[0].Shape, [.. Activation == Activation.Relu ? sums.Select(sum => Math.Max(sum, 0)) : sums]);
    }

    public override IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated) =>
        new Integer.Add(inputs[0], inputs[1], calibrated, Activation);

    public override Layer? WithRelu() => Activation == Activation.None ? this with { Activation = Activation.Relu } : null;
}
