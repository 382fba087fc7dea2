// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// AVERAGE_POOL_2D and MAX_POOL_2D: the average of stored values, ties away from zero, or the largest of the inputs under the window. Positions
/// outside the input do not count. L2_POOL_2D: the root of the mean square.
/// </summary>
/// <param name="Kind">average, max or l2.</param>
internal sealed record Pool2D(
    string Kind, Padding Padding, (int Height, int Width) Stride, (int Height, int Width) Filter, Activation Activation) : Op
{
    public override string Name => $"{Kind}_pool_2d";

    public static void ImportAverage(ImportContext context) => Import(context, "average");

    public static void ImportL2(ImportContext context) => Import(context, "l2");

    public static void ImportMax(ImportContext context) => Import(context, "max");

    public override void Check(Node node)
    {
        var (input, output) = (node.Input, node.Output);

        Require.OneOf(node, input, Kind switch
        {
            "l2" => [ElementType.F32],
            "average" => [ElementType.S8, ElementType.U8, ElementType.S16, ElementType.F32],
            _ => [ElementType.S8, ElementType.S16, ElementType.F32],
        });
        Require.Types(node, input.Type, output);
        if (input.Type != ElementType.F32)
        {
            Require.PerTensor(node, input, output);
        }

        Require.Filled(node, input, output);
        Require.That(
            input.Shape.Rank == 4 && output.Shape.Rank == 4 && input.Shape[0] == output.Shape[0] && input.Shape[3] == output.Shape[3],
            node,
            $"input {input.Shape} and output {output.Shape} do not fit together",
            "input [b, h, w, c], output [b, y, x, c]");

        // The tolerance is TFLite's: converters leave differences in the last digit.
        Require.That(
            input.Type == ElementType.F32
                || (input.Quantization!.ZeroPoint == output.Quantization!.ZeroPoint && Math.Abs(input.Quantization.Scale - output.Quantization.Scale) <= 1e-6),
            node,
            $"scale {input.Quantization?.Scale} and zero point {input.Quantization?.ZeroPoint} become {output.Quantization?.Scale} and {output.Quantization?.ZeroPoint}",
            "equal ones");

        var (rows, columns) = Windows(node);
        rows.Check(node, "height");
        columns.Check(node, "width");
        Require.That(
            input.Type != ElementType.S16 || (long)input.Shape[1] * input.Shape[2] < ushort.MaxValue, node, $"an input of {input.Shape[1]} x {input.Shape[2]} int16", $"less than {ushort.MaxValue} of them");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (rows, columns) = Windows(node);
        if (node.Input.Type != ElementType.S8)
        {
            return [Wide(node, rows, columns)];
        }

        var (min, max) = Activation.Bounds(node.Output);

        return
        [
            new KernelCall(
                $"{Name}_s8",
                [
                    ("batch", node.Input.Shape[0]),
                    .. rows.Fields("rows"),
                    .. columns.Fields("columns"),
                    ("depth", node.Input.Shape[3]),
                    ("min", min),
                    ("max", max),
                ],
                [node.Input],
                [node.Output]),
        ];
    }

    /// <summary>
    /// True when an average can lie between two integers, a window having an even number of elements inside the input: those of int8 and
    /// uint8 then differ.
    /// </summary>
    public bool HasTies(Node node)
    {
        const int Most = 1 << 12;

        static IEnumerable<int> Counts(Window window) => Enumerable.Range(0, window.Out)
            .Select(at => (at * window.Stride) - window.Pads.Before)
            .Select(first => Math.Min(first + window.Filter, window.In) - Math.Max(first, 0))
            .Distinct();

        if (node.Input.Shape.Rank != 4 || node.Output.Shape.Rank != 4 || node.Output.Shape[1] > Most || node.Output.Shape[2] > Most)
        {
            return true;
        }

        var (rows, columns) = Windows(node);
        return Counts(rows).Concat(Counts(columns)).Any(count => count % 2 == 0);
    }

    private KernelCall Wide(Node node, Window rows, Window columns)
    {
        IReadOnlyList<Field> Range((int Min, int Max) bounds) => [("min", bounds.Min), ("max", bounds.Max)];
        IReadOnlyList<Field> RealRange((float Min, float Max) bounds) => [("min", bounds.Min), ("max", bounds.Max)];
        var isFloat = node.Input.Type == ElementType.F32;

        return new KernelCall(
            node.Input.Type switch
            {
                ElementType.F32 => $"{Name}_f32",
                ElementType.U8 => $"{Name}_u8",
                _ => $"{Name}_s16",
            },
            [
                ("shape.batch", node.Input.Shape[0]),
                .. rows.Fields("shape.rows"),
                .. columns.Fields("shape.columns"),
                ("shape.depth", node.Input.Shape[3]),
                .. isFloat ? RealRange(Activation.RealBounds()) : Range(Activation.Bounds(node.Output)),
            ],
            [node.Input],
            [node.Output]);
    }

    private static void Import(ImportContext context, string kind)
    {
        var options = context.Options<Pool2DOptions>();
        var op = new Pool2D(
            kind, options.Padding, (options.StrideH, options.StrideW), (options.FilterHeight, options.FilterWidth), context.Activation(options.Activation));

        context.Add(op, [context.Input(0)], [context.Output(0)]);
    }

    private (Window Rows, Window Columns) Windows(Node node) => Window.Of(node.Input, node.Output, Filter, Stride, (1, 1), Padding);
}
