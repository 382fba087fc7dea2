// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>Probabilities: the first input where its largest is at least <paramref name="Threshold"/>, else the second, which is computed only then.</summary>
internal sealed record Gate(string Name, IReadOnlyList<string> Inputs, float Threshold) : Layer(Name, Inputs)
{
    public override Tensor Run(IReadOnlyList<Tensor> inputs) => inputs[0].Values.Max() >= Threshold ? inputs[0] : inputs[1];

    public override IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated) =>
        inputs[0].Scale == inputs[1].Scale && inputs[0].ZeroPoint == inputs[1].ZeroPoint
            ? new Integer.Gate(inputs[0], inputs[1], inputs[0] with { Name = calibrated.Name }, inputs[0].Quantize([Threshold])[0])
            : throw new QuantizerException($"layer '{Name}': a gate is supported only between the outputs of two softmax layers");
}
