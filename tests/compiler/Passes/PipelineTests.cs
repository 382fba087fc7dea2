// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Planning;
using TinyInfer.Compiler.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class PipelineTests
{
    private static readonly Lazy<ITarget> Host = new(() => TargetNames.Create("host-asan"));

    /// <summary>Neither the passes nor what values share in memory may be seen in the outputs.</summary>
    [Fact]
    public void Rewriting_and_sharing_change_no_byte() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var plain = RandomGraph.Of(seed);
        var rewritten = RandomGraph.Of(seed);
        Pipeline.Clean(rewritten);
        Pipeline.FindLoops(rewritten);
        Pipeline.Rewrite(rewritten);

        var input = new byte[3 * plain.Inputs[0].ByteSize];
        new Random(seed).NextBytes(input);

        var expected = Run(ScheduleBuilder.BuildApart(plain), input);
        return expected.AsSpan().SequenceEqual(Run(ScheduleBuilder.Build(rewritten), input));
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

            var input = new byte[3 * plain.Inputs[0].ByteSize];
            new Random(seed).NextBytes(input);
            return Run(ScheduleBuilder.Build(plain), input).AsSpan().SequenceEqual(Run(ScheduleBuilder.Build(cut), input));
        }).QuickCheckThrowOnFailure();
        Assert.True(removed > 100, $"the random networks have lost channels in {removed} layers only");
    }

    private static byte[] Run(Schedule schedule, byte[] input)
    {
        var image = ImageEmitter.Emit([new CoreProgram(Core.Portable, schedule, ArenaPlanner.Plan(schedule), Code: null)], [], []);
        return Host.Value.Run(new TargetRun(image, input, 3));
    }
}
