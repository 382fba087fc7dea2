// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>Sums of all elements up to each along an axis; <c>kernels/cumsum/ti_cumsum.h</c> has the formula.</summary>
internal sealed record Cumsum(int Axis, bool Exclusive, bool Reverse) : Op
{
    public override string Name => "cumsum";

    protected override string Attributes => $"axis={Axis}{(Exclusive ? ",exclusive" : "")}{(Reverse ? ",reverse" : "")}";

    public static void Import(ImportContext context)
    {
        var options = context.Options<CumsumOptions>();
        var axis = Axes.Normalize(context.Origin, context.Integer(1, "axis"), context.Input(0).Shape.Rank);
        context.Add(new Cumsum(axis, options.Exclusive, options.Reverse), [context.Input(0)], [context.Output(0)]);
    }

    public override void Check(Node node)
    {
        Require.OneOf(node, node.Input, ElementType.S8, ElementType.F32);
        Require.Types(node, node.Input.Type, node.Output);
        Require.Filled(node, node.Input);
        Require.That(node.Input.Shape.Equals(node.Output.Shape), node, $"input {node.Input.Shape} and output {node.Output.Shape}", "equal shapes");
        if (node.Input.Type == ElementType.S8)
        {
            Require.PerTensor(node, node.Input, node.Output);
            Require.That(HalfUnits.Scale(node).Shift <= 0, node, "the output's scale is too small for the input's", "at least a 2^19th of it");
        }
    }

    public override bool CanOverwrite(Node node, int input) => true;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var shape = node.Input.Shape.Dimensions;
        IReadOnlyList<Field> fields =
        [
            ("outer", new Shape([.. shape.Take(Axis)]).Count),
            ("depth", shape[Axis]),
            ("inner", new Shape([.. shape.Skip(Axis + 1)]).Count),
            ("exclusive", Exclusive ? 1 : 0),
            ("reverse", Reverse ? 1 : 0),
        ];
        return node.Input.Type == ElementType.F32
            ? [new KernelCall("cumsum_f32", fields, [node.Input], [node.Output])]
            : [new KernelCall("cumsum_s8", [.. fields, .. HalfUnits.Fields(node)], [node.Input], [node.Output])];
    }
}
