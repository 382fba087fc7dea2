// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>-1 for what is below 0, else +1.</summary>
internal sealed record Sign(string Name, IReadOnlyList<string> Inputs) : Layer(Name, Inputs)
{
    public override Tensor Run(IReadOnlyList<Tensor> inputs) => inputs[0] with { Values = [.. inputs[0].Values.Select(Of)] };

    public override IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated) =>
        new Integer.Sign(inputs[0], QuantizedValue.Bits(calibrated.Name, calibrated.Shape));

    public static float Of(float x) => x < 0 ? -1 : 1;
}
