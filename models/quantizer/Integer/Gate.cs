// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Integer;

/// <summary>
/// REDUCE_MAX, GREATER_EQUAL and IF: <paramref name="Early"/> where its largest element is at least <paramref name="Threshold"/>, else
/// <paramref name="Late"/>. TensorFlow Lite compares int8 after multiplying by the scale and 2^8, which is exact for a scale of 2^-8.
/// </summary>
internal sealed record Gate(QuantizedValue Early, QuantizedValue Late, QuantizedValue Result, sbyte Threshold) : IntegerLayer([Early, Late], Result)
{
    public bool IsEarly(sbyte[] early) => early.Max() >= Threshold;

    public override sbyte[] Run(IReadOnlyList<sbyte[]> inputs, Rules rules) => IsEarly(inputs[0]) ? inputs[0] : inputs[1];

    public override void Write(ModelBuilder model) => model.Gate(this);
}
