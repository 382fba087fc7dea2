// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>
/// The cheap forms of requantization against the contract, written out here: the high half of a doubled product rounded half up, then a
/// division with halves away from zero (docs of gemmlowp's SaturatingRoundingDoublingHighMul and RoundingDivideByPOT).
/// </summary>
public sealed class OutputStageTests
{
    private const int Layers = 800;
    private const int FewestPerForm = 5;

    [Fact]
    public void Every_form_gives_the_bytes_of_the_contract()
    {
        var forms = new Dictionary<(bool IsShared, bool HasSignFix), int>();
        EachLayer((ranges, scales, zeroPoint, min, max, random) =>
        {
            if (OutputStage.Search(ranges, scales, zeroPoint, min, max) is { } stage)
            {
                forms[(stage.SharedShift is not null, stage.HasSignFix)] = forms.GetValueOrDefault((stage.SharedShift is not null, stage.HasSignFix)) + 1;
                foreach (var (channel, range) in ranges.Index())
                {
                    AssertEqual(stage, channel, range, acc => Math.Clamp(Contract(acc, scales[channel]) + zeroPoint, min, max), random);
                }
            }
        });

        Assert.True(forms.Count(form => form.Value >= FewestPerForm) == 4, $"layers of each form: {string.Join(", ", forms)}");
    }

    [Fact]
    public void Two_roundings_give_the_bytes_of_the_contract()
    {
        var layers = 0;
        EachLayer((ranges, scales, zeroPoint, min, max, random) =>
        {
            if (RoundedStage.Of(ranges, scales, zeroPoint, min, max) is { } stage)
            {
                layers++;
                foreach (var (channel, range) in ranges.Index())
                {
                    var constants = stage.Channels[channel];
                    AssertEqual(constants, range, acc => Math.Clamp(Contract(acc, scales[channel]) + zeroPoint, min, max), acc => Rounded(constants, acc, min, max), random);
                }
            }
        });

        Assert.True(layers > Layers / 5, $"only {layers} layers");
    }

    private static void EachLayer(Action<AccumulatorRange[], Requantization[], int, int, int, Random> check)
    {
        var random = new Random(1);
        for (var layer = 0; layer < Layers; layer++)
        {
            var (inZero, outZero) = (ZeroPoint(random), ZeroPoint(random));
            var weights = Enumerable.Range(0, random.Next(1, 9)).Select(_ => Weights(random, random.Next(1, 40))).ToArray();
            var (scales, bias) = new ExtremeQuantization(random).Of(new Quantization(1f, inZero), weights, new Quantization(1f, outZero));
            AccumulatorRange[] ranges = [.. weights.Zip(bias, (own, b) => AccumulatorRange.Of(own, b - (inZero * own.Sum(weight => (long)weight))))];
            var (min, max) = random.Next(3) == 0 ? (outZero, 127) : (-128, 127);
            check(ranges, [.. scales.Select(scale => Requantization.Of(scale))], outZero, min, max, random);
        }
    }

    private static void AssertEqual(OutputStage stage, int channel, AccumulatorRange range, Func<long, long> contract, Random random)
    {
        var constants = stage.Channels[channel];
        Assert.True(stage.SharedShift is null || stage.SharedShift == constants.Shift);
        Assert.True(stage.HasSignFix || constants.SignFix == 0);
        Assert.Equal(constants.Shift, constants.ShiftWord & 0xFF);
        Assert.Equal(constants.SignFix, constants.ShiftWord >> OutputChannel.SignFixAt);

        AssertEqual(constants, range, contract, acc => Proved(stage, constants, acc), random);
    }

    private static void AssertEqual(object constants, AccumulatorRange range, Func<long, long> contract, Func<long, int> device, Random random)
    {
        long[] accumulators = [range.Low, range.High, .. Edges(range, contract), .. Enumerable.Range(0, 50).Select(_ => random.NextInt64(range.Low, range.High + 1))];
        foreach (var acc in accumulators)
        {
            Assert.True(contract(acc) == device(acc), $"accumulator {acc} of {range}, {constants}: expected {contract(acc)}, got {device(acc)}");
        }
    }

    // In 32 bits, as the device does it.
    private static int Proved(OutputStage stage, OutputChannel constants, long acc)
    {
        var scaled = unchecked((int)((256 * acc) + constants.Delta));
        var offset = constants.Offset + (scaled < 0 ? constants.SignFix : 0);
        var sum = checked((int)(((long)scaled * constants.Multiplier >> 32) + offset));
        return Math.Clamp(Math.Clamp(sum >> constants.Shift, -128, 127), stage.Min, stage.Max);
    }

    private static int Rounded(RoundedChannel constants, long acc, int min, int max)
    {
        var doubled = unchecked((int)(2 * acc));
        var product = (int)((((long)doubled * constants.Multiplier) + (1L << 31)) >> 32);
        return Math.Clamp(Math.Clamp(checked(product + constants.Offset - (doubled < 0 ? 1 : 0)) >> constants.Shift, -128, 127), min, max);
    }

    // Both sides of some steps of the output, by halving from random accumulators.
    private static IEnumerable<long> Edges(AccumulatorRange range, Func<long, long> contract)
    {
        for (var level = contract(range.Low) + 1; level <= contract(range.High); level += 1 + (level & 3))
        {
            var (below, at) = (range.Low, range.High);
            while (at - below > 1)
            {
                var middle = (below + at) >> 1;
                (below, at) = contract(middle) >= level ? (below, middle) : (middle, at);
            }

            yield return below;
            yield return at;
        }
    }

    private static long Contract(long acc, Requantization scale)
    {
        var doubled = (acc * (1L << Math.Max(scale.Shift, 0)) * scale.Multiplier + (1L << 30)) >> 31;
        var divisor = 1L << Math.Max(-scale.Shift, 0);
        var magnitude = ((doubled < 0 ? -doubled : doubled) + (divisor >> 1)) / divisor;
        return (long)(doubled < 0 ? -magnitude : magnitude);
    }

    private static int ZeroPoint(Random random) => random.Next(3) switch { 0 => -128, 1 => 127, _ => random.Next(-128, 128) };

    private static sbyte[] Weights(Random random, int taps)
    {
        var isIdle = random.Next(5) == 0;
        return [.. Enumerable.Range(0, taps).Select(_ => (sbyte)(isIdle ? 0 : random.Next(-127, 128)))];
    }
}
