// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Kernels within the RAM and flash that the user allows.</summary>
public sealed class LimitsTests
{
    private static readonly string Clothes = Path.Combine(Checkout.Root, "models", "clothes", "clothes.tflite");
    private static readonly string Int8 = Path.Combine(Checkout.Root, "models", "clothes_int8", "clothes_int8.tflite");

    [ToolchainFact]
    public void What_the_refusal_calls_the_smallest_ram_is_enough()
    {
        var needed = Smallest(new Limits(Ram: 100), "bytes of arena and state");

        Assert.Equal(needed, Compile(new Limits(Ram: needed)).Programs[1].Ram);
        Assert.Throws<CompilerException>(() => Compile(new Limits(Ram: needed - 1)));
    }

    [ToolchainFact]
    public void What_the_refusal_calls_the_smallest_flash_is_enough()
    {
        var needed = Smallest(new Limits(Flash: 100), "bytes of flash");

        Assert.Equal(needed, Compile(new Limits(Flash: needed)).Image.Length);
        Assert.Throws<CompilerException>(() => Compile(new Limits(Flash: needed - 1)));
    }

    [ToolchainFact]
    public void Less_memory_costs_cycles_and_every_limit_is_kept()
    {
        var latency = Compile(new Limits(), Goal.Latency);
        var cycles = KernelPlanner.Point(latency.Programs[1]).Cycles;
        for (var flash = latency.Image.Length - 1; flash > Compile(new Limits(), portable: true).Image.Length + 4000; flash -= 12_000)
        {
            var within = Compile(new Limits(Flash: flash));
            Assert.True(within.Image.Length <= flash);
            Assert.True(KernelPlanner.Point(within.Programs[1]).Cycles >= cycles * 0.999);
        }

        var small = Compile(new Limits(), Goal.Memory);
        Assert.True(small.Programs[1].Ram <= latency.Programs[1].Ram);
        Assert.Equal(small.Programs[1].Ram, Compile(new Limits(Ram: small.Programs[1].Ram)).Programs[1].Ram);
    }

    [ToolchainFact]
    public void A_percent_of_cycles_for_an_aim_buys_two_of_ram()
    {
        var aimed = Price(Twin(new Limits()));
        for (var ram = Twin(new Limits()).Ram - 1; ram > 13_152; ram -= 300)
        {
            Assert.True(Price(Twin(new Limits(Ram: ram))) >= aimed);
        }

        static double Price(CoreProgram program) => program.Ram * Math.Pow(KernelPlanner.Point(program).Cycles, 2);
        static CoreProgram Twin(Limits limits) => ModelFile.Compile(Int8, name: null, resetState: false, [Core.CortexM4], Goal.Balanced, limits).Programs[1];
    }

    [ToolchainFact]
    public void What_is_allowed_again_is_chosen_again()
    {
        var assignment = new LayoutAssignment(Compile(new Limits(), portable: true).Schedule.Graph, Core.CortexM4);
        var (node, fastest) = (assignment.Nodes.MaxBy(node => assignment.Chosen(node).Scratch)!, assignment.Cycles);
        var chosen = assignment.Chosen(node);
        var ban = assignment.Forbid(node, Standing.Flash, candidate => candidate.Flash > chosen.Flash || candidate.Way == chosen.Way);
        assignment.Forbid(node, Standing.Ram, candidate => candidate.Scratch >= assignment.Chosen(node).Scratch);

        assignment.Lift(other => other.Reason == Standing.Ram);
        Assert.DoesNotContain(assignment.Allowed(node), candidate => candidate.Way == chosen.Way);
        Assert.Equal(Standing.Flash, assignment.Reason(node, chosen.Way));
        Assert.True(assignment.Cycles > fastest);

        assignment.Lift(other => other == ban);
        Assert.Equal((chosen, fastest, Standing.Slower), (assignment.Chosen(node), assignment.Cycles, assignment.Reason(node, chosen.Way)));
    }

    [ToolchainFact]
    public void Every_step_has_one_chosen_candidate_and_a_reason_for_each_other()
    {
        var program = Compile(new Limits(), Goal.Flash).Programs[1];
        Assert.All(program.Choices.Values, choices => Assert.Single(choices, choice => choice.Standing == Standing.Chosen));
        Assert.Contains(program.Choices.Values, choices => choices.Any(choice => choice.Standing == Standing.Flash));
    }

    [ToolchainFact]
    public void The_front_falls_in_cycles_while_it_rises_in_flash()
    {
        var front = KernelPlanner.Front(Compile(new Limits(), portable: true).Schedule.Graph, Core.CortexM4, most: 8);
        Assert.InRange(front.Count, 3, 8);
        Assert.All(front.Zip(front.Skip(1)), pair => Assert.True(pair.First.Flash > pair.Second.Flash && pair.First.Cycles < pair.Second.Cycles));
        Assert.Equal(0, front[^1].Flash);
    }

    private static CompiledModel Compile(Limits limits, Goal goal = Goal.Balanced, bool portable = false) =>
        ModelFile.Compile(Clothes, name: null, resetState: false, portable ? [] : [Core.CortexM4], goal, limits);

    private static int Smallest(Limits limits, string what)
    {
        var message = Assert.Throws<CompilerException>(() => Compile(limits)).Message;
        Assert.Contains(what, message);
        var number = message[(message.IndexOf("at least ", StringComparison.Ordinal) + 9)..];
        return int.Parse(number[..number.IndexOf(' ')].Replace(",", ""), System.Globalization.CultureInfo.InvariantCulture);
    }
}
