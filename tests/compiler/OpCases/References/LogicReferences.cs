// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>Comparisons, logic and choice, by their definitions in TensorFlow Lite Micro's reference kernels.</summary>
internal static class LogicReferences
{
    public static long[][] And(ReferenceCall call) => Pairs(call, (a, b) => a != 0 && b != 0);

    public static long[][] Or(ReferenceCall call) => Pairs(call, (a, b) => a != 0 || b != 0);

    public static long[][] Not(ReferenceCall call) => [[.. call.Input.Values.Select(a => a == 0 ? 1L : 0)]];

    public static long[][] Select(ReferenceCall call)
    {
        var (condition, a, b) = (Elements.Of(call.Input), Elements.Of(call.Inputs[1]!), Elements.Of(call.Inputs[2]!));
        return [Elements.Make(call.Output.Shape, at => Broadcast(condition, at) != 0 ? Broadcast(a, at) : Broadcast(b, at))];
    }

    /// <summary>Quantized operands are brought to their real values in units of 1/256; floats follow IEEE 754.</summary>
    public static Func<ReferenceCall, long[][]> Compare(Func<double, double, bool> relation) => call => call.Input.Tensor.Type switch
    {
        TensorType.FLOAT32 => Bits(call, relation, bits => BitConverter.Int32BitsToSingle((int)bits)),
        TensorType.INT8 => Pairs(call, (a, b) => relation(Real(call.Input, a), Real(call.Inputs[1]!, b))),
        _ => Pairs(call, (a, b) => relation(a.CompareTo(b), 0)),
    };

    private static double Real(ReferenceTensor tensor, long stored) => Fixed.Scaled((stored - tensor.Tensor.ZeroPoint) * 256, tensor.Tensor.Scale);

    private static long[][] Bits(ReferenceCall call, Func<double, double, bool> relation, Func<long, double> real)
    {
        var (a, b) = (Elements.Of(call.Input), Elements.Of(call.Inputs[1]!));
        return [Elements.Make(call.Output.Shape, at => relation(real(Broadcast(a, at)), real(Broadcast(b, at))) ? 1 : 0)];
    }

    private static long[][] Pairs(ReferenceCall call, Func<long, long, bool> holds) =>
    [
        Elements.Make(call.Output.Shape, at => holds(Broadcast(call.Input, at), Broadcast(call.Inputs[1]!, at)) ? 1 : 0),
    ];

    private static long Broadcast(ReferenceTensor tensor, int[] at) => tensor.At(Own(tensor.Shape, at));

    private static long Broadcast(Elements tensor, int[] at) => tensor[Own(tensor.Shape, at)];

    /// <summary>The indices of an operand for those of the output.</summary>
    private static int[] Own(int[] shape, int[] at) => [.. shape.Select((size, axis) => size == 1 ? 0 : at[at.Length - shape.Length + axis])];
}
