// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>The numbers are those of <c>enum ti_integer_operation</c>.</summary>
internal enum IntegerOperation
{
    Add = 0,
    Sub = 1,
    Mul = 2,
    Div = 3,
    Min = 4,
    Max = 5,
    FloorDiv = 6,
    FloorMod = 7,
    SquaredDifference = 8,
}

/// <summary>An op of two int32 tensors that are not quantized; <c>kernels/integer/ti_integer.h</c> has the rules.</summary>
internal sealed record IntegerArithmetic(IntegerOperation Operation, Activation Activation) : Op
{
    public override string Name => "integer";

    protected override string Attributes => $"{Operation.ToString().ToLowerInvariant()}{(Activation == Activation.None ? "" : ",")}{Activation.Text()}";

    /// <summary>Reads the operator itself where its tensors are int32, and leaves all others to <paramref name="quantized"/>.</summary>
    public static Action<ImportContext> Import(IntegerOperation operation, Action<ImportContext> quantized) => context =>
    {
        if (context.Output(0).Type != ElementType.S32)
        {
            quantized(context);
            return;
        }

        // TFLM's ADD of int32 leaves a fused activation out; SUB, MUL and DIV have theirs.
        var activation = operation switch
        {
            IntegerOperation.Sub => context.Options<SubOptions>().Activation,
            IntegerOperation.Mul => context.Options<MulOptions>().Activation,
            IntegerOperation.Div => context.Options<DivOptions>().Activation,
            _ => ActivationFunction.NONE,
        };
        context.Add(new IntegerArithmetic(operation, context.Activation(activation)), [context.Input(0), context.Input(1)], [context.Output(0)]);
    };

    public override void Check(Node node)
    {
        var (a, b) = (node.Inputs[0], node.Inputs[1]);
        Require.Types(node, ElementType.S32, a, b, node.Output);
        Require.Filled(node, a, b);
        Broadcast.Check(node);
    }

    public override bool CanOverwrite(Node node, int input) => node.Inputs[input].Shape.Count == node.Output.Shape.Count;

    public override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node) => IntegerFold.Binary(node, Compute);

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "integer_s32",
            [.. Broadcast.Of(node.Inputs[0].Shape, node.Inputs[1].Shape).Fields, ("operation", (int)Operation), ("min", Bounds.Min), ("max", Bounds.Max)],
            [node.Inputs[0], node.Inputs[1]],
            [node.Output]),
    ];

    private (int Min, int Max) Bounds => Activation switch
    {
        Activation.Relu => (0, int.MaxValue),
        Activation.ReluN1To1 => (-1, 1),
        Activation.Relu6 => (0, 6),
        _ => (int.MinValue, int.MaxValue),
    };

    private int Compute(int a, int b)
    {
        var result = unchecked(Operation switch
        {
            IntegerOperation.Add => a + b,
            IntegerOperation.Sub => a - b,
            IntegerOperation.Mul => a * b,
            IntegerOperation.Div => b == 0 ? 0 : b == -1 ? -a : a / b,
            IntegerOperation.Min => Math.Min(a, b),
            IntegerOperation.Max => Math.Max(a, b),
            IntegerOperation.FloorDiv => (int)FloorDiv(a, b),
            IntegerOperation.SquaredDifference => (a - b) * (a - b),
            _ => b == 0 ? 0 : (int)(a - (b * FloorDiv(a, b))),
        });
        return Math.Clamp(result, Bounds.Min, Bounds.Max);
    }

    private static long FloorDiv(long a, long b)
    {
        var (quotient, rest) = b == 0 ? (0, 0) : Math.DivRem(a, b);
        return rest != 0 && rest < 0 != b < 0 ? quotient - 1 : quotient;
    }
}
