// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using TinyInfer.Compiler.Bench;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Profiling;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using TinyInfer.Compiler.Verification;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Pieces of code that run from RAM: what is chosen, that bytes do not depend on it, and what a loader refuses.</summary>
public sealed class HotCodeTests
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "models", "keywords");
    private static readonly Lazy<CompiledModel> Model = new(() => Compile(Goal.Latency));

    [Fact]
    public void A_piece_that_is_apart_is_called_at_its_place_in_the_hot_code()
    {
        var w = new ThumbWriter("f");
        w.Enter();
        w.Reserve(8);
        var loop = w.Loop();
        w.Hot(3, ThumbWriter.S(0), ThumbWriter.R(8), ThumbWriter.R(9), () => w.Subs(ThumbWriter.R(1), 1));
        w.Branch("ne", loop);
        w.Release(8);
        w.Leave();

        var text = w.ToString();
        var part = Assert.Single(HotPart.Of(text));
        Assert.Equal(("f_hot0", 3, 9 * 4 + 16 * 4 + 8, true), (part.Name, part.Rounds, part.Argument, part.Loop == loop));
        var (cold, hot) = HotPart.Split(text, _ => true);
        Assert.Contains("    ldr r8, [sp, #108]\n    movw r9, #f_hot0_at\n    add r8, r8, r9\n    blx r8\n    bne", cold, StringComparison.Ordinal);
        Assert.Contains("f_hot0:\n    vmov s0, lr\n    subs r1, r1, #1\n    vmov lr, s0\n    bx lr\n", hot, StringComparison.Ordinal);
        Assert.DoesNotContain("subs", cold, StringComparison.Ordinal);
        Assert.Equal((text, ""), HotPart.Split(text, _ => false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_branch_out_of_a_piece_is_refused(bool isInside)
    {
        var w = new ThumbWriter("f");
        var loop = w.Loop();
        w.Hot(3, ThumbWriter.S(0), ThumbWriter.R(8), ThumbWriter.R(9), () => w.Branch(isInside ? loop : w.Loop()));

        Assert.Equal(isInside, Record.Exception(() => HotPart.Split(w.ToString(), _ => true)) is InvalidOperationException);
    }

    [ToolchainFact]
    public void Bytes_are_the_same_where_code_must_stay_in_flash()
    {
        var inputs = Case.Of(Path.Combine(Folder, "cases"), Model.Value).SelectMany(item => item.Inputs.ToArray()).ToArray();
        var run = new TargetRun(Model.Value.Image, inputs, inputs.Length / Case.Sizes(Model.Value).Inputs, KeepState: true);
        byte[] expected = [.. Case.Of(Path.Combine(Folder, "cases"), Model.Value).SelectMany(item => item.Expected.ToArray())];

        Assert.True(Model.Value.Programs[1].HotBytes > 0);
        Assert.Equal(expected, new EmulatedTarget(Machine.CortexM4).Run(run));
        Assert.Equal(expected, new EmulatedTarget(Machine.CortexM4).Run(run with { CodeStays = true }));
        Assert.Equal(expected, new EmulatedTarget(Machine.CortexM7).Run(run));
    }

    [ToolchainFact]
    public void Behind_slow_flash_code_in_RAM_saves_cycles()
    {
        var slow = FlashTiming.All.Single(timing => timing.Name == "M4 5 ws, 64 bit");
        long Cycles(CompiledModel model) => Profiler.Run(model, slow.Machine, timing: slow.Options).Cycles;

        // Without room for code in RAM.
        var program = Model.Value.Programs[1];
        var without = Compile(Goal.Latency, new Limits(Ram: program.Ram - program.HotBytes));
        Assert.Equal((0, program.Plan.ArenaSize), (without.Programs[1].HotBytes, without.Programs[1].Plan.ArenaSize));
        Assert.InRange(Cycles(Model.Value), 1, Cycles(without) * 98 / 100);
    }

    [ToolchainFact]
    public void Only_latency_or_a_limit_of_the_user_puts_code_into_RAM()
    {
        var most = Model.Value.Programs[1].Ram;
        Assert.All(new[] { Goal.Balanced, Goal.Memory, Goal.Flash }, goal => Assert.Equal(0, Compile(goal).Programs[1].HotBytes));
        Assert.Equal(0, Compile(Goal.Memory, new Limits(Ram: most)).Programs[1].HotBytes);
        Assert.InRange(Compile(Goal.Balanced, new Limits(Ram: most)).Programs[1].Ram, 1, most);
        Assert.All(Model.Value.Programs[1].HotChoices, choice => Assert.Equal(choice.Saved == 0, choice.Standing == HotStanding.Fits));
    }

    [ToolchainTheory]
    [InlineData(4)]
    [InlineData(1)]
    [InlineData(0x10000)]
    public void A_loader_refuses_hot_code_that_is_not_the_beginning_of_the_code(int more)
    {
        byte[] image = [.. Model.Value.Image];
        var program = ImageHeader.Program(image, Core.CortexM4);
        var (codeSize, hotSize) = (program + 56, program + 60);
        Assert.Equal((uint)Model.Value.Programs[1].HotBytes, ImageHeader.HotSize(image, program));
        var size = BinaryPrimitives.ReadInt32LittleEndian(image.AsSpan(codeSize));
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(hotSize), size + more);
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(12), Crc32.Of(image.AsSpan(16)));

        var run = new TargetRun(image, new byte[Case.Sizes(Model.Value).Inputs], 1);
        Assert.Contains("a table of the image points outside the image", Assert.Throws<CompilerException>(() => new EmulatedTarget(Machine.CortexM4).Run(run)).Message, StringComparison.Ordinal);
    }

    private static CompiledModel Compile(Goal goal, Limits? limits = null) =>
        ModelFile.Compile(Path.Combine(Folder, "keywords.tflite"), name: null, resetState: false, [Core.CortexM4], goal, limits);
}
