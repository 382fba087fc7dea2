// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Integer;

/// <summary>
/// A layer as TensorFlow Lite defines it on int8. These are plain loops over the definition, written apart from the
/// compiler and the device kernels, so that they can say what those must compute.
/// </summary>
internal abstract record IntegerLayer(IReadOnlyList<QuantizedValue> Inputs, QuantizedValue Output)
{
    public abstract sbyte[] Run(IReadOnlyList<sbyte[]> inputs, Rules rules);

    /// <summary>Adds the layer's operator and constants to the model.</summary>
    public abstract void Write(ModelBuilder model);

    /// <summary>The int8 bounds of the output, narrowed by a fused activation.</summary>
    protected (int Min, int Max) Bounds(Activation activation) =>
        (activation == Activation.Relu ? Math.Max(sbyte.MinValue, Output.ZeroPoint) : sbyte.MinValue, sbyte.MaxValue);
}

/// <summary>real = Scale * (int8 - ZeroPoint), in a tensor of this name and shape.</summary>
internal sealed record QuantizedValue(string Name, int[] Shape, float Scale, int ZeroPoint)
{
    /// <summary>Gets a value indicating whether the elements are +-1, which the file packs as bits.</summary>
    public bool IsBits { get; private init; }

    public static QuantizedValue Bits(string name, int[] shape) => new(name, shape, 1, 0) { IsBits = true };

    public sbyte[] Quantize(IEnumerable<float> values) =>
        [.. values.Select(x => (sbyte)Math.Clamp(Math.Round((double)x / Scale, MidpointRounding.AwayFromZero) + ZeroPoint, -128, 127))];
}

/// <summary>The network on int8.</summary>
internal sealed record IntegerNetwork(string Name, string Description, IReadOnlyList<string> Labels, QuantizedValue Input, IReadOnlyList<IntegerLayer> Layers)
{
    public QuantizedValue Output => Layers[^1].Output;

    /// <summary>Gets a value indicating whether layers work on bits, with operators that TensorFlow Lite does not have.</summary>
    public bool HasBits => Layers.Any(layer => layer.Output.IsBits);

    /// <summary>The layer that decides how much is computed; null for a network without one.</summary>
    public Gate? Gate => Layers[^1] as Gate;

    /// <summary>What only the gate's second input needs: the layers that are left out where the first one will do.</summary>
    public IReadOnlyList<IntegerLayer> Gated => Gate is null ? [] : [.. Needed(Gate.Late).Except(Needed(Gate.Early))];

    /// <summary>The network that always computes everything.</summary>
    public IntegerNetwork WithoutGate() => Gate is null ? this : this with { Layers = Needed(Gate.Late) };

    public sbyte[] Run(sbyte[] sample, Rules rules) => Values(sample, rules)[Output.Name];

    /// <summary>Every value by its name.</summary>
    public Dictionary<string, sbyte[]> Values(sbyte[] sample, Rules rules)
    {
        var values = new Dictionary<string, sbyte[]> { [Input.Name] = sample };
        foreach (var layer in Layers)
        {
            values[layer.Output.Name] = layer.Run([.. layer.Inputs.Select(input => values[input.Name])], rules);
        }

        return values;
    }

    private IReadOnlyList<IntegerLayer> Needed(QuantizedValue value)
    {
        var needed = new HashSet<string> { value.Name };
        foreach (var layer in Layers.Reverse().Where(layer => needed.Contains(layer.Output.Name)))
        {
            needed.UnionWith(layer.Inputs.Select(input => input.Name));
        }

        return [.. Layers.Where(layer => needed.Contains(layer.Output.Name))];
    }
}
