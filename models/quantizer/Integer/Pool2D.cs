// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Float;

namespace TinyInfer.Quantizer.Integer;

/// <summary>MAX_POOL_2D, or AVERAGE_POOL_2D whose mean rounds half away from zero; output quantized as the input.</summary>
internal sealed record Pool2D(QuantizedValue Input, QuantizedValue Result, Window Window, PoolKind Kind) : IntegerLayer([Input], Result)
{
    public override sbyte[] Run(IReadOnlyList<sbyte[]> inputs, Rules rules)
    {
        var x = inputs[0];
        var (height, width, channels) = (Input.Shape[1], Input.Shape[2], Input.Shape[3]);
        var outWidth = Result.Shape[2];
        var output = new sbyte[Result.Shape[1] * outWidth * channels];

        for (var index = 0; index < output.Length; index++)
        {
            var top = (index / channels / outWidth * Window.StrideHeight) - Window.PadTop(height);
            var left = (index / channels % outWidth * Window.StrideWidth) - Window.PadLeft(width);
            var (sum, largest, count) = (0, (int)sbyte.MinValue, 0);
            for (var y = Math.Max(top, 0); y < Math.Min(top + Window.KernelHeight, height); y++)
            {
                for (var column = Math.Max(left, 0); column < Math.Min(left + Window.KernelWidth, width); column++)
                {
                    int value = x[(((y * width) + column) * channels) + (index % channels)];
                    (sum, largest, count) = (sum + value, Math.Max(largest, value), count + 1);
                }
            }

            var mean = sum > 0 ? (sum + (count / 2)) / count : (sum - (count / 2)) / count;
            output[index] = (sbyte)(Kind == PoolKind.Max ? largest : mean);
        }

        return output;
    }

    public override void Write(ModelBuilder model) => model.Pool2D(Input, Result, Window, Kind);
}
