// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Planning;
using Xunit;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class PipelineTests
{
    private const int Invocations = 3;

    /// <summary>Neither the passes nor what values share in memory may be seen in the outputs.</summary>
    [Fact]
    public void Rewriting_and_sharing_change_no_byte() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var plain = RandomGraph.Of(seed);
        var rewritten = RandomGraph.Of(seed);
        Pipeline.Clean(rewritten);
        Pipeline.FindLoops(rewritten);
        Pipeline.Rewrite(rewritten);

        var input = new byte[Invocations * plain.Inputs[0].ByteSize];
        new Random(seed).NextBytes(input);

        var expected = PortableRun.Of(ScheduleBuilder.BuildApart(plain), input, Invocations);
        return expected.AsSpan().SequenceEqual(PortableRun.Of(ScheduleBuilder.Build(rewritten), input, Invocations));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Eliminating_channels_changes_no_byte()
    {
        var removed = 0;
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var (plain, cut) = (RandomChannels.Of(seed), RandomChannels.Of(seed));
            new EliminateChannels().Run(cut);
            removed += cut.Nodes.Count(node => node.Removed is not null);

            var input = new byte[Invocations * plain.Inputs[0].ByteSize];
            new Random(seed).NextBytes(input);
            return PortableRun.Of(ScheduleBuilder.Build(plain), input, Invocations).AsSpan().SequenceEqual(PortableRun.Of(ScheduleBuilder.Build(cut), input, Invocations));
        }).QuickCheckThrowOnFailure();
        Assert.True(removed > 100, $"the random networks have lost channels in {removed} layers only");
    }
}
