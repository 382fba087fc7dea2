// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// An op whose table TFLite fills in float: output = round(f(scale * (input - zero_point)) * (1 / output_scale)) + zero_point.
/// ELU is so in TFLite Micro too; the others have no int8 kernel there, and follow the same rule. No number gives the lowest
/// output. float32 has a kernel.
/// </summary>
/// <param name="Real">f. exp and log are those of double, rounded once: the float nearest the true value.</param>
internal sealed record FloatTable(RealFunction Kind, Func<float, float> Real) : TableOp
{
    public override string Name => Kind.ToString().ToLowerInvariant();

    public static void ImportCeil(ImportContext context) => Import(context, RealFunction.Ceil, MathF.Ceiling);

    public static void ImportCos(ImportContext context) => Import(context, RealFunction.Cos, x => (float)Math.Cos(x));

    public static void ImportElu(ImportContext context) => Import(context, RealFunction.Elu, x => x < 0 ? (float)Math.Exp(x) - 1 : x);

    public static void ImportExp(ImportContext context) => Import(context, RealFunction.Exp, x => (float)Math.Exp(x));

    public static void ImportFloor(ImportContext context) => Import(context, RealFunction.Floor, MathF.Floor);

    public static void ImportLog(ImportContext context) => Import(context, RealFunction.Log, x => (float)Math.Log(x));

    public static void ImportNeg(ImportContext context) => Import(context, RealFunction.Neg, x => -x);

    public static void ImportRound(ImportContext context) => Import(context, RealFunction.Round, MathF.Round);

    public static void ImportSin(ImportContext context) => Import(context, RealFunction.Sin, x => (float)Math.Sin(x));

    public static void ImportSqrt(ImportContext context) => Import(context, RealFunction.Sqrt, MathF.Sqrt);

    public static void ImportSquare(ImportContext context) => Import(context, RealFunction.Square, x => x * x);

    protected override IReadOnlyList<ElementType> WideTypes => [ElementType.F32];

    protected override KernelCall Wide(Node node) => Kind.Call(node);

    protected override Func<int, int> Function(Node node) => Rounded(node, Real);

    /// <summary>The stored output of one byte for a stored input: the rule above.</summary>
    public static Func<int, int> Rounded(Node node, Func<float, float> real)
    {
        var (input, output) = (node.Input.Quantization!, node.Output.Quantization!);
        var inverse = 1 / output.Scale;
        var (min, max) = node.Output.Type.Range();

        return stored =>
        {
            var rescaled = MathF.Round(real(input.Scale * (stored - input.ZeroPoint)) * inverse, MidpointRounding.AwayFromZero);
            return float.IsNaN(rescaled) ? min : (int)Math.Clamp(rescaled + output.ZeroPoint, min, max);
        };
    }

    private static void Import(ImportContext context, RealFunction kind, Func<float, float> real) =>
        context.Add(new FloatTable(kind, real), [context.Input(0)], [context.Output(0)]);
}
