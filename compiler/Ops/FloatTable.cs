// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// An op whose table TFLite fills in float: output = round(f(scale * (input - zero_point)) * (1 / output_scale)) + zero_point.
/// ELU is so in TFLite Micro too; the others have no int8 kernel there, and follow the same rule. No number gives the lowest
/// output.
/// </summary>
/// <param name="Name">The op's name.</param>
/// <param name="Real">f. exp and log are those of double, rounded once: the float nearest the true value.</param>
internal sealed record FloatTable(string Name, Func<float, float> Real) : TableOp
{
    public override string Name { get; } = Name;

    public static void ImportElu(ImportContext context) => Import(context, "elu", x => x < 0 ? (float)Math.Exp(x) - 1 : x);

    public static void ImportExp(ImportContext context) => Import(context, "exp", x => (float)Math.Exp(x));

    public static void ImportLog(ImportContext context) => Import(context, "log", x => (float)Math.Log(x));

    public static void ImportNeg(ImportContext context) => Import(context, "neg", x => -x);

    public static void ImportSqrt(ImportContext context) => Import(context, "sqrt", MathF.Sqrt);

    public static void ImportSquare(ImportContext context) => Import(context, "square", x => x * x);

    protected override Func<int, int> Function(Node node)
    {
        var (input, output) = (node.Input.Quantization!, node.Output.Quantization!);
        var inverse = 1 / output.Scale;

        return stored =>
        {
            var rescaled = MathF.Round(Real(input.Scale * (stored - input.ZeroPoint)) * inverse, MidpointRounding.AwayFromZero);
            return float.IsNaN(rescaled) ? sbyte.MinValue : (int)Math.Clamp(rescaled + output.ZeroPoint, sbyte.MinValue, sbyte.MaxValue);
        };
    }

    private static void Import(ImportContext context, string name, Func<float, float> real) =>
        context.Add(new FloatTable(name, real), [context.Input(0)], [context.Output(0)]);
}
