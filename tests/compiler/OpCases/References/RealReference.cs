// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// Functions of one or two float32 and reductions, as TensorFlow Lite Micro's reference kernels compute them: every operation
/// rounded to float, transcendental functions the floats nearest the true values, sums in the order of the input.
/// </summary>
internal static class RealReference
{
    public static IReadOnlyDictionary<BuiltinOperator, Func<ReferenceCall, IEnumerable<float>>> All { get; } = new Dictionary<BuiltinOperator, Func<ReferenceCall, IEnumerable<float>>>
    {
        [BuiltinOperator.ABS] = Each(MathF.Abs),
        [BuiltinOperator.ADD_N] = SumReferences.AddNInFloat,
        [BuiltinOperator.BATCH_MATMUL] = BatchMatMulReference.InFloat,
        [BuiltinOperator.CEIL] = Each(MathF.Ceiling),
        [BuiltinOperator.COS] = Each(x => (float)Math.Cos(x)),
        [BuiltinOperator.CUMSUM] = SumReferences.CumsumInFloat,
        [BuiltinOperator.DIV] = Pairs((a, b) => a / b),
        [BuiltinOperator.ELU] = Each(x => x < 0 ? (float)(Math.Exp(x) - 1) : x),
        [BuiltinOperator.EXP] = Each(x => (float)Math.Exp(x)),
        [BuiltinOperator.FLOOR] = Each(MathF.Floor),
        [BuiltinOperator.FLOOR_DIV] = Pairs((a, b) => (float)Math.Floor((double)a / b)),
        [BuiltinOperator.FLOOR_MOD] = Pairs((a, b) => a % b is var rest && rest != 0 && (b < 0) != (rest < 0) ? rest + b : a % b),
        [BuiltinOperator.HARD_SWISH] = Each(x => x * Math.Min(6, Math.Max(0, x + 3)) / 6),
        [BuiltinOperator.L2_NORMALIZATION] = SumReferences.L2NormalizationInFloat,
        [BuiltinOperator.LOG] = Each(x => (float)Math.Log(x)),
        [BuiltinOperator.MAXIMUM] = Pairs((a, b) => a > b ? a : b),
        [BuiltinOperator.MEAN] = call => Groups(call).Select(group => group.Aggregate(0f, (sum, x) => sum + x) / group.Count),
        [BuiltinOperator.MINIMUM] = Pairs((a, b) => a < b ? a : b),
        [BuiltinOperator.NEG] = Each(x => -x),
        [BuiltinOperator.PRELU] = Pairs((a, b) => a >= 0 ? a : a * b),
        [BuiltinOperator.REDUCE_MAX] = call => Groups(call).Select(group => group.Max()),
        [BuiltinOperator.REDUCE_MIN] = call => Groups(call).Select(group => group.Min()),
        [BuiltinOperator.RESIZE_BILINEAR] = BilinearReference.InFloat,
        [BuiltinOperator.ROUND] = Each(x => x - MathF.Floor(x) is var rest && (rest < 0.5f || (rest == 0.5f && MathF.Floor(x) % 2 == 0)) ? MathF.Floor(x) : MathF.Floor(x) + 1),
        [BuiltinOperator.RSQRT] = Each(x => 1 / MathF.Sqrt(x)),
        [BuiltinOperator.SIN] = Each(x => (float)Math.Sin(x)),
        [BuiltinOperator.SQRT] = Each(MathF.Sqrt),
        [BuiltinOperator.SQUARE] = Each(x => x * x),
        [BuiltinOperator.SQUARED_DIFFERENCE] = Pairs((a, b) => (a - b) * (a - b)),
        [BuiltinOperator.SUM] = call => Groups(call).Select(group => group.Aggregate(0f, (sum, x) => sum + x)),
    };

    private static Func<ReferenceCall, IEnumerable<float>> Each(Func<float, float> function) => call => call.Input.Floats.Select(function);

    private static Func<ReferenceCall, IEnumerable<float>> Pairs(Func<float, float, float> function) => call =>
    {
        var (a, b) = (call.Input.Floats, call.Inputs[1]!.Floats);
        return Elements.Indices(call.Output.Shape).Select(at => Cut(call.Options, function(a[Flat(call.Input.Shape, at)], b[Flat(call.Inputs[1]!.Shape, at)])));
    };

    private static float Cut(OperatorOptions options, float value) => options is not DivOptions { Activation: var activation } ? value : activation switch
    {
        ActivationFunction.RELU => Math.Clamp(value, 0, float.MaxValue),
        ActivationFunction.RELU6 => Math.Clamp(value, 0, 6),
        ActivationFunction.RELU_N1_TO_1 => Math.Clamp(value, -1, 1),
        _ => Math.Clamp(value, float.MinValue, float.MaxValue),
    };

    private static int Flat(int[] shape, int[] at) =>
        shape.Select((size, axis) => (size, index: size == 1 ? 0 : at[at.Length - shape.Length + axis])).Aggregate(0, (flat, next) => (flat * next.size) + next.index);

    /// <summary>The elements that each output reads, in the order of the input.</summary>
    private static IEnumerable<List<float>> Groups(ReferenceCall call)
    {
        var (shape, elements) = (call.Input.Shape, call.Input.Floats);
        var reduced = call.Inputs[1]!.Values.Select(axis => Elements.Axis(axis, shape.Length)).ToHashSet();
        int[] kept = [.. shape.Select((size, axis) => reduced.Contains(axis) ? 1 : size)];
        var groups = Enumerable.Range(0, kept.Aggregate(1, (product, size) => product * size)).Select(_ => new List<float>()).ToArray();

        foreach (var (position, at) in Elements.Indices(shape).Index())
        {
            groups[Flat(kept, at)].Add(elements[position]);
        }

        return groups;
    }
}
