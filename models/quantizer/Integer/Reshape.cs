// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Integer;

/// <summary>RESHAPE: the same bytes under another shape.</summary>
internal sealed record Reshape(QuantizedValue Input, QuantizedValue Result) : IntegerLayer([Input], Result)
{
    public override sbyte[] Run(IReadOnlyList<sbyte[]> inputs, Rules rules) => inputs[0];

    public override void Write(ModelBuilder model) => model.Reshape(Input, Result);
}
