// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>The inputs one after the other along <paramref name="Axis"/>. int8 needs equal quantization; int16 is copied whatever its scale, and an input of uint8 with another goes through a table first.</summary>
internal sealed record Concatenation(int Axis) : MoveOp
{
    public override string Name => "concatenation";

    public static void Import(ImportContext context)
    {
        var options = context.Options<ConcatenationOptions>();
        if (context.Activation(options.Activation) != Activation.None)
        {
            throw context.Origin.Refuse($"fused activation {options.Activation}", "NONE");
        }

        var axis = Axes.Normalize(context.Origin, options.Axis, context.Output(0).Shape.Rank);
        context.Add(new Concatenation(axis), [.. context.Inputs.Select(input => Rescaled(context, input))], [context.Output(0)]);
    }

    protected override string Attributes => $"axis={Axis}";

    protected override void CheckShapes(Node node)
    {
        var output = node.Output.Shape;

        foreach (var input in node.Inputs)
        {
            Require.That(
                input.Shape.Rank == output.Rank && input.Shape.Dimensions.WithAt(Axis, output[Axis]).SequenceEqual(output.Dimensions),
                node,
                $"input {Quoted.Name(input.Name)} of shape {input.Shape} does not fit output {output} along axis {Axis}",
                "equal dimensions but for the axis");

            if (input.Type is ElementType.S8 or ElementType.U8)
            {
                Require.SameQuantization(node, input, node.Output);
            }
        }

        var sum = node.Inputs.Sum(input => input.Shape[Axis]);
        Require.That(sum == output[Axis], node, $"the inputs have {sum} positions along axis {Axis}, output {output} has {output[Axis]}", "as many");
    }

    // As TFLite's kernel does in float: round(input * scale + bias) + zero point.
    private static Value Rescaled(ImportContext context, Value input)
    {
        var output = context.Output(0);
        if (input is not { Type: ElementType.U8, Quantization: { IsPerTensor: true } from } || output.Quantization is not { IsPerTensor: true } to || from.SameAs(to))
        {
            return input;
        }

        var scale = from.Scale * (1 / to.Scale);
        var bias = -from.ZeroPoint * scale;
        var entries = Tables.Of(ElementType.U8, stored =>
            Math.Clamp((int)MathF.Round((stored * scale) + bias, MidpointRounding.AwayFromZero) + to.ZeroPoint, byte.MinValue, byte.MaxValue));
        var rescaled = new Value($"{input.Name}/rescaled", ElementType.U8, input.Shape) { Quantization = to };
        context.Add(new LookUp(entries), [input], [rescaled]);
        return rescaled;
    }

    protected override IReadOnlyList<Piece> Pieces(Node node)
    {
        var strides = node.Output.Shape.Strides();
        var pieces = new List<Piece>();
        var at = 0;

        foreach (var input in node.Inputs)
        {
            pieces.Add(Piece.Block(input, node.Output, input.Shape.Dimensions, 0, input.Shape.Strides(), at * strides[Axis], strides));
            at += input.Shape[Axis];
        }

        return pieces;
    }
}
