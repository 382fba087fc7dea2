// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Passes;

/// <summary>
/// A border of zeros is not stored: convolutions leave out the taps that would read it.
/// <code>
///   %p = pad&lt;0:0,1:1,1:1,0:0&gt;(%x)
///   %y = conv_2d&lt;valid&gt;(%p, $w, $b)
/// =>
///   %y = conv_2d&lt;valid,border=1:1,1:1&gt;(%x, $w, $b)
/// </code>
/// Exact, because what is stored there is the zero point, and (zero_point - zero_point) * weight is 0. Pools are not rewritten: an
/// average counts the border's elements, and a maximum may be the border's. Fires only when all readers are convolutions, as else
/// the padded tensor is needed anyway.
/// </summary>
internal sealed class FusePad : IPass
{
    public void Run(Graph graph)
    {
        foreach (var pad in graph.Nodes.Where(node => node.Op is Pad).ToList())
        {
            var readers = graph.ReadersOf(pad.Output);
            if (BorderOf(pad) is not { } border || graph.Outputs.Contains(pad.Output) || readers.Any(reader => WithBorder(reader, pad, border) is null))
            {
                continue;
            }

            foreach (var reader in readers)
            {
                graph.Replace([reader], reader.With(op: WithBorder(reader, pad, border), inputs: [pad.Input, .. reader.Inputs.Skip(1)]));
            }

            graph.Remove(pad);
        }
    }

    private static Border? BorderOf(Node pad)
    {
        var op = (Pad)pad.Op;
        return pad.Output is { Type: ElementType.S8, Shape.Rank: 4, Quantization: { IsPerTensor: true } quantization }
            && quantization.SameAs(pad.Input.Quantization)
            && op.Stored == (byte)quantization.ZeroPoint
            && (op.Before[0], op.After[0], op.Before[3], op.After[3]) == (0, 0, 0, 0)
                ? new Border(op.Before[1], op.After[1], op.Before[2], op.After[2])
                : null;
    }

    private static Op? WithBorder(Node reader, Node pad, Border border) => reader.Op switch
    {
        _ when reader.Inputs.Skip(1).Contains(pad.Output) => null,
        Conv2D conv when conv.Border == default => conv with { Border = border },
        DepthwiseConv2D conv when conv.Border == default => conv with { Border = border },
        _ => null,
    };
}
