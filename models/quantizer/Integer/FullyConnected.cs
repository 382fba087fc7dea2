// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Integer;

/// <summary>FULLY_CONNECTED with int8 weights [outputs, inputs] and one scale.</summary>
internal sealed record FullyConnected(QuantizedValue Input, QuantizedValue Result, QuantizedWeights Constants, Activation Activation)
    : IntegerLayer([Input], Result)
{
    public override sbyte[] Run(IReadOnlyList<sbyte[]> inputs, Rules rules)
    {
        var x = inputs[0];
        var output = new sbyte[Constants.Bias.Length];
        var (min, max) = Bounds(Activation);

        // TensorFlow Lite multiplies these two scales in single precision, unlike those of the convolutions.
        var (multiplier, shift) = FixedPoint.Decompose((double)(Input.Scale * Constants.Scales[0]) / Result.Scale);

        for (var o = 0; o < output.Length; o++)
        {
            var sum = Constants.Bias[o];
            for (var i = 0; i < x.Length; i++)
            {
                sum += (x[i] - Input.ZeroPoint) * Constants.Weights[(o * x.Length) + i];
            }

            output[o] = (sbyte)Math.Clamp(FixedPoint.Multiply(sum, multiplier, shift, rules) + Result.ZeroPoint, min, max);
        }

        return output;
    }

    public override void Write(ModelBuilder model) =>
        model.FullyConnected(Input, model.Weights(Result.Name, Constants, Input), Result, Activation);
}
