// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Codegen.FullyConnected;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Every family of generated kernels against the portable ones, at the ends of what the arithmetic allows; all families share an image.</summary>
public sealed class SweepTests(Xunit.Abstractions.ITestOutputHelper output)
{
    /// <summary>Layers of a family in each image: more would make planning dear, which looks at all of them.</summary>
    private const int Each = 12;

    /// <summary>A draw does not always give what the family serves.</summary>
    private const int Images = 60;

    private const int Enough = 500;

    private static readonly IFamily[] Generators = [.. Families.All.Where(family => family is not PortableFamily)];

    [Fact]
    public void Every_family_is_drawn() => Assert.Empty(Generators.Select(family => family.GetType()).Except(Sweep.Of.Keys).Select(family => family.Name));

    [ToolchainTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void Generators_are_exact_at_the_ends(string target)
    {
        var machine = TargetNames.Machines.First(machine => machine.Build.Name == target);
        var counts = Generators.Where(family => family is not SparseFamily || machine.Core == Core.CortexM4).ToDictionary(family => family, _ => new SweepCount());
        for (var image = 0; image < (Toolchain.IsFull ? Images : 1) && counts.Values.Any(count => count.Layers < (Toolchain.IsFull ? Enough : 1)); image++)
        {
            Run([.. counts.Keys.Where(family => counts[family].Layers < Enough)], machine, (machine.Core == Core.CortexM7 ? 1000 : 0) + image, counts);
        }

        foreach (var (family, count) in counts)
        {
            output.WriteLine($"{target} {family.GetType().Name}: {count}");
        }

        foreach (var (family, count) in counts)
        {
            Assert.True(count.Layers >= (Toolchain.IsFull ? Enough : Each / 2), $"only {count.Layers} layers ran on {family.GetType().Name}");
            if (Toolchain.IsFull)
            {
                count.AssertEnds(family.GetType().Name, Sweep.Of[family.GetType()].Ends);
            }
        }
    }

    private static void Run(IReadOnlyList<IFamily> families, Machine machine, int seed, Dictionary<IFamily, SweepCount> counts)
    {
        IFamily[] chains = [.. families.SelectMany(family => Enumerable.Repeat(family, Each * Sweep.Of[family.GetType()].Chances))];
        var (next, ends) = (0, new List<int>());
        var graph = RandomLayers.Chains(
            seed,
            chains.Length,
            layers =>
            {
                var value = Sweep.Of[chains[next++].GetType()].Draw(layers);
                ends.Add(layers.Nodes);
                return value;
            },
            extreme: true);

        IFamily FamilyOf(Node node) => chains[ends.FindIndex(end => node.Origin.Index < end)];
        HashSet<string> WaysOf(Node node) => [.. FamilyOf(node).Match(node, machine.Core, graph).Select(candidate => candidate.Way)];

        var ways = graph.Nodes.ToDictionary(node => node.Origin.Index, WaysOf);
        var program = GeneratedCode.AnyWay(graph, machine.Core, (node, candidate) => ways[node.Origin.Index].Contains(candidate.Way));
        GeneratedCode.SameAsPortable(graph, machine, program, family: null);
        foreach (var step in program.Schedule.Steps.Where(step => step.Call.Routine is not null).DistinctBy(step => step.Node))
        {
            var chosen = program.Choices[step.Node].First(choice => choice.Standing == Standing.Chosen).Way;
            if (ways[step.Node.Origin.Index].Contains(chosen))
            {
                counts[FamilyOf(step.Node)].Add(step.Node);
            }
        }
    }
}
