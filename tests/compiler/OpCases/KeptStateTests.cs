// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.OpCases.References;
using Xunit;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>Operators with a state of their own, run again and again without a reset: the naive reference hands the state on.</summary>
public sealed class KeptStateTests
{
    private const int Rounds = 3;
    private static readonly Lazy<ITarget> Host = new(() => TargetNames.Create("host-asan"));

    [Theory]
    [InlineData("SVDF no-oracle Rank=2 Activation=NONE | float32[2,5] -1..1 | const float32[6,5] -1..1 | const float32[6,3] -1..1 | const float32[3] -1..1 | variable float32[2,18] -> float32[2,3]")]
    [InlineData("SVDF no-oracle Rank=1 Activation=RELU | float32[1,8] -2..2 | const float32[4,8] -1..1 | const float32[4,12] -1..1 | none | variable float32[1,48] -> float32[1,4]")]
    [InlineData("SVDF no-oracle Rank=1 Activation=NONE | float32[1,1] -2..2 | const float32[1,1] -1..1 | const float32[1,1] -1..1 | none | variable float32[1,1] -> float32[1,1]")]
    [InlineData("SVDF no-oracle Rank=2 Activation=NONE | int8[1,16] 0.05@-128 | const int8[12,16] 0.009@0 | const int8[12,5] 0.015@0 | const int32[6] -500..500 | variable int8[1,60] 0.4@-50 -> int8[1,6] 3@-128")]
    [InlineData("SVDF no-oracle Rank=1 Activation=NONE | int8[1,9] 0.05@-128 | const int8[5,9] 0.009@0 | const int16[5,7] 0.015@0 | const int32[5] -500..500 | variable int16[1,35] 0.004@0 -> int8[1,5] 50@9")]
    [InlineData("SignalFilterBankSpectralSubtraction no-oracle smoothing=655 one_minus_smoothing=15729 alternate_smoothing=983 alternate_one_minus_smoothing=15401 min_signal_remaining=819 num_channels=40 smoothing_bits=10 spectral_subtraction_bits=14 clamping=0 | uint32[40] 0..1000000 -> uint32[40] | uint32[40]")]
    [InlineData("SignalFilterBankSpectralSubtraction no-oracle smoothing=9000 one_minus_smoothing=15729 alternate_smoothing=14000 alternate_one_minus_smoothing=15401 min_signal_remaining=0 num_channels=7 smoothing_bits=3 spectral_subtraction_bits=14 clamping=1 | uint32[7] -> uint32[7] | uint32[7]")]
    public void States_are_handed_on(string line)
    {
        var item = CaseText.Parse(line);
        byte[][] invocations = [.. Enumerable.Repeat(item.Invocations(), Rounds).SelectMany(fed => fed)];
        var image = Compiler.Compile(item.Model(), "case").Image;
        var got = Host.Value.Run(new TargetRun(image, invocations.SelectMany(fed => fed).ToArray(), invocations.Length, KeepState: true));

        var (expected, state) = (new List<byte>(), (byte[]?)null);
        foreach (var fed in invocations)
        {
            var call = OpReferences.Call(item, fed, state);
            var outputs = OpReferences.Compute(item, call);
            expected.AddRange(outputs);
            state = item.CustomName is null ? SvdfReference.Next(call) : outputs[item.Outputs[0].ByteSize..];
        }

        Assert.Equal(expected, got);
    }
}
