// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Codegen.Fusion;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Passes;
using TinyInfer.Compiler.Tests.Targets;
using TinyInfer.Quantizer.Recurrent;
using Xunit;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>Elementwise ops that are computed together: the same bytes, and nothing that comes too early or lies in memory for longer.</summary>
public sealed class FusionTests
{
    private static readonly int Chains = Toolchain.IsFull ? 500 : 36;

    [ToolchainTheory]
    [InlineData("cortex-m4", 1)]
    [InlineData("cortex-m7", 2)]
    public void Random_cells_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains, layers => layers.Cell(most: layers.Pick(2, 4, 8, 14)));
        var generated = GeneratedCode.SameAsPortable(graph, TargetNames.Machines.First(machine => machine.Build.Name == target), family: "fused");
        Assert.True(generated > Chains * 2 / 3, $"only {generated} fused ops");
    }

    /// <summary>Convolutions around them want mixed signs.</summary>
    [ToolchainTheory]
    [InlineData("cortex-m4", 3)]
    [InlineData("cortex-m7", 4)]
    public void Cells_between_convolutions_are_exact(string target, int seed)
    {
        var graph = RandomLayers.Chains(seed, Chains / 3, layers =>
        {
            var x = layers.Conv(layers.Input(1, 3, 3, layers.Pick(4, 8)), layers.Pick(4, 6, 8), filter: 1, stride: 1);
            var y = layers.Sum(layers.LookUp(x), layers.OneIn(2) ? x : layers.Input([.. x.Shape.Dimensions]));
            return layers.Conv(layers.OneIn(2) ? layers.LookUp(y) : layers.Sum(y, x), 8, filter: 1, stride: 1);
        });
        var generated = GeneratedCode.SameAsPortable(graph, TargetNames.Machines.First(machine => machine.Build.Name == target), family: "fused");
        Assert.Equal(Chains / 3, generated);
    }

    [Fact]
    public void A_cell_of_Keras_is_one_step_and_its_gates_are_read_in_place()
    {
        foreach (var layer in KerasLayer.All.Select(layer => layer with { Steps = 3 }))
        {
            var graph = FusionSearch.Of(Compiler.Compile(layer.File(unrolled: false), layer.Name).Schedule.Graph, Core.CortexM7);
            Assert.Single(graph.Nodes, node => node.Op is Fused);
            Assert.DoesNotContain(graph.Nodes, node => node.Op is BinaryOp or TableOp or Split);
        }
    }

    [Fact]
    public void An_op_that_something_between_waits_for_stays_where_it_is()
    {
        var graph = new GraphBuilder();
        var x = graph.Input(GraphBuilder.Tensor("x", 1, 8));
        var a = graph.Add(new Tanh(), GraphBuilder.Tensor("a", 1, 8), x);
        var turned = graph.Add(new ReverseV2([1]), GraphBuilder.Tensor("turned", 1, 8), a);
        var sum = graph.Add(new Add(Activation.None), GraphBuilder.Tensor("sum", 1, 8), a, turned);
        Assert.DoesNotContain(FusionSearch.Of(graph.Build(sum), Core.CortexM4).Nodes, node => node.Op is Fused);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void An_op_comes_later_only_where_its_operands_take_no_more_memory(bool isSum, bool fuses)
    {
        var graph = new GraphBuilder();
        var (x, y) = (graph.Add(new ReverseV2([1]), GraphBuilder.Tensor("x", 1, 8), graph.Input(GraphBuilder.Tensor("in", 1, 8))), graph.Input(GraphBuilder.Tensor("y", 1, 8)));
        var z = graph.Add(new ReverseV2([1]), GraphBuilder.Tensor("z", 1, 8), y);
        var a = GraphBuilder.Tensor("a", 1, 8);
        a = isSum ? graph.Add(new Add(Activation.None), a, x, z) : graph.Add(new Tanh(), a, x);
        var turned = graph.Add(new ReverseV2([1]), GraphBuilder.Tensor("turned", 1, 8), y);
        var sum = graph.Add(new Add(Activation.None), GraphBuilder.Tensor("sum", 1, 8), a, turned);
        Assert.Equal(fuses, FusionSearch.Of(graph.Build(sum), Core.CortexM4).Nodes.Any(node => node.Op is Fused));
    }
}
