// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Float;
using TinyInfer.Quantizer.Integer;
using Sign = TinyInfer.Quantizer.Float.Sign;

namespace TinyInfer.Quantizer;

/// <summary>
/// Post-training quantization: runs the calibration samples through the float network, takes from the values seen the
/// range of each tensor, and from the ranges scales and zero points.
/// </summary>
internal static class NetworkQuantizer
{
    // Where only signs are read, larger values may be cut, but what is just below zero must not be rounded to it.
    private const float FinerForSigns = 32;

    /// <param name="network">Already folded.</param>
    /// <param name="calibration">Samples like those the network will meet.</param>
    /// <remarks>
    /// Each sample has a smallest and a largest value in a tensor; a range covers those of <see cref="Network.Percentile"/>
    /// of the samples. 100 is plain minimum and maximum; less cuts outliers off in favour of finer steps.
    /// </remarks>
    public static IntegerNetwork Run(Network network, IReadOnlyList<float[]> calibration)
    {
        var extremes = network.Layers.ToDictionary(layer => layer.Name, _ => new List<(float Min, float Max)>());
        var shapes = new Dictionary<string, int[]>();
        foreach (var sample in calibration)
        {
            var values = network.Run(sample);
            foreach (var layer in network.Layers)
            {
                var value = values[layer.Name];
                extremes[layer.Name].Add((value.Values.Min(), value.Values.Max()));
                shapes[layer.Name] = value.Shape;
            }
        }

        var quantized = new Dictionary<string, QuantizedValue> { ["input"] = network.Input };
        var layers = new List<IntegerLayer>();
        foreach (var layer in network.Layers)
        {
            var (min, max) = Range(extremes[layer.Name], network.Percentile);
            if (network.Layers.Where(reader => reader.Inputs.Contains(layer.Name)).All(reader => reader is Sign) && layer != network.Layers[^1])
            {
                (min, max) = (min / FinerForSigns, max / FinerForSigns);
            }

            var integer = layer.Quantize([.. layer.Inputs.Select(name => quantized[name])], FromRange(layer.Name, shapes[layer.Name], min, max));
            quantized[layer.Name] = integer.Output;
            layers.Add(integer);
        }

        return new IntegerNetwork(network.Name, network.Description, network.Labels, network.Input, layers);
    }

    private static (float Min, float Max) Range(List<(float Min, float Max)> extremes, double percentile)
    {
        var covered = (int)Math.Ceiling(extremes.Count * percentile / 100) - 1;
        return (extremes.Select(e => e.Min).OrderDescending().ElementAt(covered), extremes.Select(e => e.Max).Order().ElementAt(covered));
    }

    // Zero must be one of the 256 values: padding and ReLU depend on it.
    private static QuantizedValue FromRange(string name, int[] shape, float min, float max)
    {
        (min, max) = (Math.Min(min, 0), Math.Max(max, 0));
        var scale = Math.Max((max - min) / 255, 1e-6f);
        var zeroPoint = Math.Clamp((int)Math.Round(-128 - ((double)min / scale), MidpointRounding.AwayFromZero), -128, 127);
        return new QuantizedValue(name, shape, scale, zeroPoint);
    }
}
