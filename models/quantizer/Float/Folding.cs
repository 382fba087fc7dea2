// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer.Float;

/// <summary>
/// Moves batch normalisation into the weights before it, and ReLU into the layer before it:
/// <code>
///   a = conv_2d(x);  b = batch_norm(a);  c = relu(b)
/// =>
///   c = conv_2d(x) with other weights, a bias and a fused ReLU
/// </code>
/// A sign goes into the binary convolution before it. Fires only when the layer before has no other reader.
/// </summary>
internal static class Folding
{
    public static Network Run(Network network)
    {
        var layers = new List<Layer>();
        foreach (var layer in network.Layers)
        {
            var producer = layers.FindIndex(candidate => candidate.Name == layer.Inputs[0]);
            var alone = network.Layers.Count(reader => reader.Inputs.Contains(layer.Inputs[0])) == 1;
            var folded = producer < 0 || !alone ? null : layer switch
            {
                BatchNorm norm => layers[producer].WithChannelAffine(norm.ChannelScale, norm.ChannelOffset),
                Relu => layers[producer].WithRelu(),
                Sign => layers[producer].WithSign(),
                _ => null,
            };

            if (folded is null)
            {
                layers.Add(layer);
            }
            else
            {
                layers[producer] = folded with { Name = layer.Name };
            }
        }

        return network with { Layers = layers };
    }
}
