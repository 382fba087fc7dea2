// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>max(0, x). Exists only until <see cref="Folding"/> has run.</summary>
internal sealed record Relu(string Name, IReadOnlyList<string> Inputs) : Layer(Name, Inputs)
{
    public override Tensor Run(IReadOnlyList<Tensor> inputs) =>
        inputs[0] with { Values = [.. inputs[0].Values.Select(x => Math.Max(x, 0))] };

    public override IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated) =>
        throw new QuantizerException($"layer '{Name}': relu is supported only right after a convolution, fully_connected or add");
}
