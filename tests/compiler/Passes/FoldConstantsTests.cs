// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class FoldConstantsTests
{
    private readonly GraphBuilder _graph = new();

    [Fact]
    public void Shape_chains_fold_in_one_go()
    {
        var x = _graph.Input(Tensor("x", 3, 4));
        var s = _graph.Add(new ShapeOf(), Integers("s", 2), x);
        var n = _graph.Add(new StridedSlice([new(0, 1, 1)]), Integers("n"), s);
        var t = _graph.Add(new Pack(0), Integers("t", 3), n, Value.OfIntegers("a", new Shape(), [2]), Value.OfIntegers("b", new Shape(), [2]));

        var graph = _graph.Build(t);
        new FoldConstants().Run(graph);

        Assert.Empty(graph.Nodes);
        Assert.Equal([3, 2, 2], graph.Outputs[0].Integers());
    }

    [Fact]
    public void What_has_no_elements_needs_no_kernel()
    {
        var (none, one) = (_graph.Input(Tensor("none", 0)), _graph.Input(Tensor("one", 1)));

        _graph.Check(
            new FoldConstants(),
            """
            input  %none : s8[0]
            input  %one : s8[1]
            output $y
            """,
            _graph.Add(new Add(Activation.None), Tensor("y", 0), none, one));
    }

    [Fact]
    public void What_depends_on_an_input_stays()
    {
        var x = _graph.Input(Tensor("x", 4));
        var c = new Value("c", ElementType.S8, new Shape(2, 2)) { Quantization = x.Quantization, Constant = new byte[] { 1, 2, 3, 4 } };
        var d = _graph.Add(new Reshape(), Tensor("d", 4), c);
        var y = _graph.Add(new Add(Activation.None), Tensor("y", 4), x, d);

        _graph.Check(
            new FoldConstants(),
            """
            input  %x : s8[4]
            %y = add(%x, $d) : s8[4]
            output %y
            """,
            y);
    }
}
