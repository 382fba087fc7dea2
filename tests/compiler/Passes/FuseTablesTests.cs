// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class FuseTablesTests
{
    private readonly GraphBuilder _graph = new();

    [Fact]
    public void A_chain_becomes_one_table()
    {
        var x = _graph.Input(Tensor("x", 2, 2));
        var one = new Value("one", ElementType.S8, new Shape(1)) { Quantization = x.Quantization, Constant = new byte[] { 0 } };
        var a = _graph.Add(new ClampTable(-5, 9), Tensor("a", 2, 2), x);
        var b = _graph.Add(new Add(Activation.None), Tensor("b", 2, 2), one, a);
        var y = _graph.Add(new ClampTable(2, 100), Tensor("y", 2, 2), b);

        _graph.Check(
            new FuseTables(),
            """
            input  %x : s8[2,2]
            %y = look_up(%x) : s8[2,2]
            output %y
            """,
            y);
    }

    [Fact]
    public void Entries_are_those_of_the_last_table_at_the_first_ones()
    {
        var x = _graph.Input(Tensor("x", 4));
        var a = _graph.Add(new ClampTable(-5, 9), Tensor("a", 4), x);
        var graph = _graph.Build(_graph.Add(new ClampTable(2, 100), Tensor("y", 4), a));

        new FuseTables().Run(graph);

        var entries = Assert.IsType<LookUp>(Assert.Single(graph.Nodes).Op).Entries;
        Assert.All(Enumerable.Range(-128, 256), v => Assert.Equal(Math.Clamp(v, 2, 9), (sbyte)entries[(byte)v]));
    }

    [Fact]
    public void A_table_that_is_read_elsewhere_stays()
    {
        var x = _graph.Input(Tensor("x", 4));
        var a = _graph.Add(new ClampTable(-5, 9), Tensor("a", 4), x);
        var y = _graph.Add(new ClampTable(2, 100), Tensor("y", 4), a);
        var graph = _graph.Build(y, a);

        new FuseTables().Run(graph);

        Assert.Equal(2, graph.Nodes.Count);
    }
}
