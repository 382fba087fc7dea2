// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Integer;

/// <summary>LceQuantize: -1 for what is below the zero point, else +1.</summary>
internal sealed record Sign(QuantizedValue Input, QuantizedValue Result) : IntegerLayer([Input], Result)
{
    public override sbyte[] Run(IReadOnlyList<sbyte[]> inputs, Rules rules) =>
        [.. inputs[0].Select(x => (sbyte)(x < Input.ZeroPoint ? -1 : 1))];

    public override void Write(ModelBuilder model) => model.Sign(Input, Result);
}
