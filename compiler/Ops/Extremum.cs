// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>output = the larger, or the smaller, of a and b: a comparison of stored values, which have one quantization.</summary>
internal sealed record Extremum(bool IsMaximum) : BinaryOp
{
    public override string Name => IsMaximum ? "maximum" : "minimum";

    public static void ImportMaximum(ImportContext context) => Import(context, isMaximum: true);

    public static void ImportMinimum(ImportContext context) => Import(context, isMaximum: false);

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.S16, ElementType.S64, ElementType.F32];

    protected override Func<int, int, int> Function(Node node) => IsMaximum ? Math.Max : Math.Min;

    protected override KernelCall Kernel(Node node, Broadcast walk) => node.Output.Type switch
    {
        ElementType.F32 => (IsMaximum ? RealOperation.Max : RealOperation.Min).Call(node, walk),
        ElementType.S8 => new KernelCall($"{Name}_s8", walk.Fields, [node.Inputs[0], node.Inputs[1]], [node.Output]),
        _ => new KernelCall(
            "extremum", [.. walk.Fields, ("type", (int)node.Output.Type), ("largest", IsMaximum ? 1 : 0)], [node.Inputs[0], node.Inputs[1]], [node.Output]),
    };

    private static void Import(ImportContext context, bool isMaximum) =>
        context.Add(new Extremum(isMaximum), [context.Input(0), context.Input(1)], [context.Output(0)]);
}
