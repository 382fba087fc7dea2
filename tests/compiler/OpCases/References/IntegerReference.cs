// SPDX-License-Identifier: MIT
using System.Numerics;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>Ops of two int32 tensors that are not quantized: the exact result, its low 32 bits, then the activation.</summary>
internal static class IntegerReference
{
    public static Func<ReferenceCall, long[][]>? Of(BuiltinOperator code) => code switch
    {
        BuiltinOperator.ADD => call => Each(call, (a, b) => a + b, ActivationFunction.NONE), // whatever activation is fused
        BuiltinOperator.SUB => call => Each(call, (a, b) => a - b, ((SubOptions)call.Options).Activation),
        BuiltinOperator.MUL => call => Each(call, (a, b) => a * b, ((MulOptions)call.Options).Activation),
        BuiltinOperator.DIV => call => Each(call, (a, b) => b == 0 ? 0 : a / b, ((DivOptions)call.Options).Activation),
        BuiltinOperator.FLOOR_DIV => call => Each(call, FloorDiv, ActivationFunction.NONE),
        BuiltinOperator.FLOOR_MOD => call => Each(call, (a, b) => b == 0 ? 0 : a - (b * FloorDiv(a, b)), ActivationFunction.NONE),
        BuiltinOperator.MAXIMUM => call => Each(call, BigInteger.Max, ActivationFunction.NONE),
        BuiltinOperator.MINIMUM => call => Each(call, BigInteger.Min, ActivationFunction.NONE),
        BuiltinOperator.SQUARED_DIFFERENCE => call => Each(call, (a, b) => BigInteger.Remainder((a - b) * (a - b), BigInteger.One << 32), ActivationFunction.NONE),
        BuiltinOperator.REDUCE_PROD => call => [[call.Input.Values.Aggregate(1L, (product, item) => unchecked((int)(product * item)))]],
        _ => null,
    };

    private static BigInteger FloorDiv(BigInteger a, BigInteger b) => b == 0 ? 0 : (a - (((a % b) + b) % b)) / b;

    private static long[][] Each(ReferenceCall call, Func<BigInteger, BigInteger, BigInteger> function, ActivationFunction activation) =>
    [
        Elements.Make(call.Output.Shape, at =>
        {
            var value = unchecked((int)(long)function(At(call.Input, at), At(call.Inputs[1]!, at)));
            return activation switch
            {
                ActivationFunction.RELU => Math.Max(value, 0),
                ActivationFunction.RELU6 => Math.Clamp(value, 0, 6),
                ActivationFunction.RELU_N1_TO_1 => Math.Clamp(value, -1, 1),
                _ => value,
            };
        }),
    ];

    private static long At(ReferenceTensor tensor, IReadOnlyList<int> indices)
    {
        var missing = indices.Count - tensor.Shape.Length;
        return tensor.At([.. tensor.Shape.Select((dimension, axis) => dimension == 1 ? 0 : indices[axis + missing])]);
    }
}
