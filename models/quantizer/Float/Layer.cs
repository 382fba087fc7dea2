// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer.Float;

/// <summary>A layer as it was trained. Layers are named, and read the outputs of the layers their inputs name.</summary>
internal abstract record Layer(string Name, IReadOnlyList<string> Inputs)
{
    /// <summary>Computes the layer for one sample.</summary>
    public abstract Tensor Run(IReadOnlyList<Tensor> inputs);

    /// <summary>Returns the int8 layer; <paramref name="calibrated"/> is the quantization that the observed range of the output asks for.</summary>
    public abstract IntegerLayer Quantize(IReadOnlyList<QuantizedValue> inputs, QuantizedValue calibrated);

    /// <summary>Returns the layer with max(0, x) as its last step, or null when it cannot take one.</summary>
    public virtual Layer? WithRelu() => null;

    /// <summary>Returns the layer with the signs of its values, -1 or +1, as its last step, or null when it cannot take it.</summary>
    public virtual Layer? WithSign() => null;

    /// <summary>Returns the layer with y = x * scale[c] + offset[c] as its last step, or null when it cannot take one.</summary>
    public virtual Layer? WithChannelAffine(float[] scale, float[] offset) => null;
}

/// <summary>Values in row-major order; images are NHWC with N = 1.</summary>
internal sealed record Tensor(int[] Shape, float[] Values);

/// <summary>
/// A trained network: what it eats, its layers in execution order, the names of its classes, and the percentage of
/// calibration samples whose extremes a range is to cover.
/// </summary>
internal sealed record Network(
    string Name, string Description, IReadOnlyList<string> Labels, QuantizedValue Input, double Percentile, IReadOnlyList<Layer> Layers)
{
    /// <summary>Runs one sample and returns every value by name, the input included.</summary>
    public Dictionary<string, Tensor> Run(float[] sample)
    {
        var values = new Dictionary<string, Tensor> { ["input"] = new(Input.Shape, sample) };
        foreach (var layer in Layers)
        {
            values[layer.Name] = layer.Run([.. layer.Inputs.Select(name => values[name])]);
        }

        return values;
    }
}
