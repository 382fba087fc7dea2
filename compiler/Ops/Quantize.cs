// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The same numbers in the output's quantization: from floats, or from another quantization.</summary>
internal sealed record Quantize : Op
{
    public override string Name => "quantize";

    public static void Import(ImportContext context) => context.Add(new Quantize(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        var (input, output) = (node.Input, node.Output);

        Require.OneOf(node, input, ElementType.F32, ElementType.S8, ElementType.U8, ElementType.S16, ElementType.S32);
        Require.OneOf(node, output, input.Type == ElementType.F32
            ? [ElementType.S8, ElementType.U8, ElementType.S16]
            : input.Type == ElementType.U8 ? [ElementType.S8, ElementType.U8] : [ElementType.S8, ElementType.U8, ElementType.S16, ElementType.S32]);
        Require.That(
            output.Type != ElementType.U8 || input.Type is ElementType.F32 or ElementType.S8 or ElementType.U8,
            node,
            $"{input.Type.DisplayName()} to uint8",
            "float32, int8 or uint8 to uint8");
        Require.PerTensor(node, output);
        if (input.Type != ElementType.F32)
        {
            Require.PerTensor(node, input);
        }

        Require.SameCount(node, input, output);
    }

    public override bool CanOverwrite(Node node, int input) => true;

    public override int? ViewOffset(Node node, int output) => Table(node) is { IsIdentity: true } ? 0 : null;

    public override ByteTable? Table(Node node)
    {
        if (node.Input.Type.Size() != 1 || node.Output.Type.Size() != 1)
        {
            return null;
        }

        var (from, to) = (node.Input.Quantization!.ZeroPoint, node.Output.Quantization!.ZeroPoint);
        var scale = Scale(node);
        var (min, max) = node.Output.Type.Range();
        return new ByteTable(node.Input, Tables.Of(node.Input.Type, value => Math.Clamp(unchecked(scale.Apply(value - from) + to), min, max)));
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
        [Table(node) is { } table ? Tables.Call(table.Input, table.Entries, node.Output) : node.Input.Type == ElementType.F32 ? FromFloat(node) : Requantize(node)];

    private static Requantization Scale(Node node) =>
        Requantization.Of((double)node.Input.Quantization!.Scale / node.Output.Quantization!.Scale);

    private static KernelCall FromFloat(Node node) => new(
        "quantize_f32",
        [
            ("count", node.Output.Shape.Count),
            ("type", (int)node.Output.Type),
            ("scale", node.Output.Quantization!.Scale),
            ("zero_point", node.Output.Quantization!.ZeroPoint),
        ],
        [node.Input],
        [node.Output]);

    private static KernelCall Requantize(Node node) => new(
        "requantize",
        [
            ("count", node.Output.Shape.Count),
            ("input_type", (int)node.Input.Type),
            ("type", (int)node.Output.Type),
            ("input_zero_point", node.Input.Quantization!.ZeroPoint),
            ("multiplier", Scale(node).Multiplier),
            ("shift", Scale(node).Shift),
            ("zero_point", node.Output.Quantization!.ZeroPoint),
        ],
        [node.Input],
        [node.Output]);
}
