// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The first position along <paramref name="Axis"/> with the largest element, or the smallest: ARG_MAX and ARG_MIN.</summary>
internal sealed record ArgMax(int Axis, bool Smallest) : Op
{
    public override string Name => "arg_max";

    protected override string Attributes => $"axis={Axis}{(Smallest ? ",smallest" : "")}";

    public static void Import(ImportContext context) => Add(context, smallest: false);

    /// <summary>ARG_MIN.</summary>
    public static void ImportMin(ImportContext context) => Add(context, smallest: true);

    public override void Check(Node node)
    {
        Require.OneOf(node, node.Input, ElementType.S8, ElementType.U8, ElementType.S16, ElementType.S32, ElementType.F32);
        Require.OneOf(node, node.Output, ElementType.S32, ElementType.S64);
        Require.That(
            node.Input.Shape.Count > 0 && node.Output.Shape.Count == (long)node.Input.Shape.Count / node.Input.Shape[Axis],
            node,
            $"output {node.Output.Shape} for axis {Axis} of {node.Input.Shape}",
            "the input's shape without the axis");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var sizes = node.Input.Shape.Dimensions;
        return
        [
            new KernelCall(
                "arg_max",
                [
                    ("outer", new Shape([.. sizes.Take(Axis)]).Count),
                    ("axis", sizes[Axis]),
                    ("inner", new Shape([.. sizes.Skip(Axis + 1)]).Count),
                    ("type", (int)node.Input.Type),
                    ("out_type", (int)node.Output.Type),
                    ("smallest", Smallest ? 1 : 0),
                ],
                [node.Input],
                [node.Output]),
        ];
    }

    private static void Add(ImportContext context, bool smallest)
    {
        var axis = Axes.Normalize(context.Origin, context.Integer(1, "axis"), context.Input(0).Shape.Rank);
        context.Add(new ArgMax(axis, smallest), [context.Input(0)], [context.Output(0)]);
    }
}
