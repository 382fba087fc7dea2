// SPDX-License-Identifier: MIT
using System.Numerics;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// MEAN, SUM, REDUCE_MAX and REDUCE_MIN. A mean is the sum times a multiplier that is floor(m * 2^bits / count) with the multiplier m of
/// input scale / output scale and bits = floor(log2(count)), which the shift takes back.
/// </summary>
internal static class ReduceReference
{
    public static long[][] Mean(ReferenceCall call) => [[.. Groups(call).Select(group => call.Activate(Scaled(call, group, mean: true), 0))]];

    public static long[][] Sum(ReferenceCall call) => [[.. Groups(call).Select(group => call.Activate(Scaled(call, group, mean: false), 0))]];

    public static long[][] Max(ReferenceCall call) => [[.. Groups(call).Select(group => group.Max())]];

    public static long[][] Min(ReferenceCall call) => [[.. Groups(call).Select(group => group.Min())]];

    private static long Scaled(ReferenceCall call, List<long> group, bool mean)
    {
        var sum = group.Sum(element => element - call.Input.Tensor.ZeroPoint);
        var (multiplier, shift) = Fixed.Multiplier((double)call.Input.Tensor.Scale / call.Output.Scale);
        var bits = mean ? Math.Min((int)BigInteger.Log2(group.Count), 31 + shift) : 0;
        return Fixed.Scaled(sum, mean ? (multiplier << bits) / group.Count : multiplier, shift - bits);
    }

    /// <summary>The elements that each output reads: those whose indices along the kept axes are equal.</summary>
    private static IEnumerable<List<long>> Groups(ReferenceCall call)
    {
        var input = call.Input;
        var rank = input.Shape.Length;
        var reduced = call.Inputs[1]!.Values.Select(axis => (int)(axis < 0 ? axis + rank : axis)).ToHashSet();
        var groups = new SortedDictionary<long, List<long>>();

        for (var at = 0; at < input.Values.Length; at++)
        {
            var (rest, key, step) = (at, 0L, 1L);
            for (var axis = rank - 1; axis >= 0; axis--)
            {
                if (!reduced.Contains(axis))
                {
                    key += rest % input.Shape[axis] * step;
                    step *= input.Shape[axis];
                }

                rest /= input.Shape[axis];
            }

            if (!groups.TryGetValue(key, out var group))
            {
                groups[key] = group = [];
            }

            group.Add(input.Values[at]);
        }

        return groups.Values;
    }
}
