// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Functions of one float32; the numbers are those of <c>enum ti_unary_operation</c>.</summary>
internal enum RealFunction
{
    Abs = 0,
    Neg = 1,
    Exp = 2,
    Log = 3,
    Sqrt = 4,
    Rsqrt = 5,
    Square = 6,
    Sin = 7,
    Cos = 8,
    Ceil = 9,
    Floor = 10,
    Round = 11,
    Elu = 12,
    HardSwish = 13,
}

internal static class RealFunctions
{
    public static KernelCall Call(this RealFunction function, Node node) =>
        new("unary_f32", [("count", node.Output.Shape.Count), ("operation", (int)function)], [node.Input], [node.Output]);
}
