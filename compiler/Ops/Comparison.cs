// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>A set of orders; the bits are those of <c>enum ti_order</c>.</summary>
[Flags]
internal enum Relation
{
    Less = 1 << 0,
    Equal = 1 << 1,
    Greater = 1 << 2,
    Unordered = 1 << 3,
    LessEqual = Less | Equal,
    GreaterEqual = Greater | Equal,
    NotEqual = Less | Greater | Unordered,
}

/// <summary>
/// output = whether a and b stand in the relation: numbers as they are stored, int8 by the real values as TFLite Micro rounds
/// them; <c>kernels/compare/ti_compare.h</c> has the formula. int8 beside a single constant is a table.
/// </summary>
internal sealed record Comparison(Relation Relation) : Op
{
    private const int Unit = 256;

    public override string Name => "compare";

    protected override string Attributes => Relation switch
    {
        Relation.Less => "<",
        Relation.LessEqual => "<=",
        Relation.Equal => "==",
        Relation.GreaterEqual => ">=",
        Relation.Greater => ">",
        _ => "!=",
    };

    public static Action<ImportContext> Import(Relation relation) =>
        context => context.Add(new Comparison(relation), [context.Input(0), context.Input(1)], [context.Output(0)]);

    public override void Check(Node node)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);

        Require.OneOf(node, a, ElementType.S8, ElementType.S32, ElementType.S64, ElementType.F32, ElementType.Bool);
        Require.Types(node, a.Type, b);
        Require.Types(node, ElementType.Bool, node.Output);
        Require.Filled(node, a, b);
        if (a.Type == ElementType.S8)
        {
            Require.PerTensor(node, a, b);
            Require.That(a.Quantization!.Scale < 1 && b.Quantization!.Scale < 1, node, $"int8 of scales {a.Quantization.Scale} and {b.Quantization!.Scale}", "scales below 1");
        }

        Broadcast.Check(node);
    }

    public override bool CanOverwrite(Node node, int input) => node.Inputs[input].Shape.Count == node.Output.Shape.Count;

    public override ByteTable? Table(Node node) => node.Input.Type != ElementType.S8 ? null : (Scalar(node.Inputs[0]), Scalar(node.Inputs[1])) switch
    {
        (null, { } b) => new ByteTable(node.Inputs[0], Tables.Of(ElementType.S8, a => Compare(node, a, b))),
        ({ } a, null) => new ByteTable(node.Inputs[1], Tables.Of(ElementType.S8, b => Compare(node, a, b))),
        _ => null,
    };

    public override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        if (!a.IsConstant || !b.IsConstant)
        {
            return null;
        }

        Check(node);
        Func<int, int, int> compare = a.Type switch
        {
            ElementType.S8 => (i, j) => Compare(node, a.As<sbyte>()[i], b.As<sbyte>()[j]),
            ElementType.S32 => (i, j) => Holds(a.As<int>()[i].CompareTo(b.As<int>()[j])),
            ElementType.S64 => (i, j) => Holds(a.As<long>()[i].CompareTo(b.As<long>()[j])),
            ElementType.F32 => (i, j) => OfReals(a.As<float>()[i], b.As<float>()[j]),
            _ => (i, j) => Holds(a.As<byte>()[i].CompareTo(b.As<byte>()[j])),
        };
        return [Broadcast.Of(a.Shape, b.Shape).Pairs().Select(at => (byte)compare(at.A, at.B)).ToArray()];
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        IReadOnlyList<Field> walk = [.. Broadcast.Of(a.Shape, b.Shape).Fields, ("relation", (int)Relation)];

        if (Table(node) is { } table)
        {
            return [Tables.Call(table.Input, table.Entries, node.Output)];
        }

        return a.Type == ElementType.S8
            ? [new KernelCall("compare_s8", [.. walk, .. Scaling("a", a), .. Scaling("b", b)], [a, b], [node.Output])]
            : [new KernelCall("compare", [.. walk, ("type", (int)a.Type)], [a, b], [node.Output])];
    }

    private static IEnumerable<Field> Scaling(string side, Value value)
    {
        var scale = Requantization.Of(value.Quantization!.Scale);
        return [($"{side}_zero_point", value.Quantization.ZeroPoint), ($"{side}_multiplier", scale.Multiplier), ($"{side}_shift", scale.Shift)];
    }

    private static int Real(Value value, int stored) =>
        Requantization.Of(value.Quantization!.Scale).Apply((stored - value.Quantization.ZeroPoint) * Unit);

    private static int? Scalar(Value value) => value.IsConstant && value.Shape.Count == 1 ? value.As<sbyte>()[0] : null;

    private int Compare(Node node, int a, int b) => Holds(Real(node.Inputs[0], a).CompareTo(Real(node.Inputs[1], b)));

    private int OfReals(float a, float b) => float.IsNaN(a) || float.IsNaN(b) ? Has(Relation.Unordered) : Holds(a < b ? -1 : a > b ? 1 : 0);

    private int Holds(int order) => Has(order < 0 ? Relation.Less : order > 0 ? Relation.Greater : Relation.Equal);

    private int Has(Relation order) => (Relation & order) != 0 ? 1 : 0;
}
