// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class RemoveIdentitiesTests
{
    private readonly GraphBuilder _graph = new();

    private static readonly Dictionary<string, Op> DoNothing = new Op[]
    {
        new Reshape(), new Pad([0, 0], [0, 0], 0), new Transpose([0, 1]), new StridedSlice([new(0, 1, 2), new(0, 1, 3)]),
        new Concatenation(0), new Split(0), new Quantize(),
    }.ToDictionary(op => op.Name);

    public static TheoryData<string> Names => [.. DoNothing.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Ops_that_do_nothing_go(string name)
    {
        var x = _graph.Input(Tensor("x", 2, 3));
        var a = _graph.Add(DoNothing[name], Tensor("a", 2, 3), x);
        var y = _graph.Add(new Add(Activation.None), Tensor("y", 2, 3), a, a);

        _graph.Check(
            new RemoveIdentities(),
            """
            input  %x : s8[2,3]
            %y = add(%x, %x) : s8[2,3]
            output %y
            """,
            y);
    }

    [Fact]
    public void Other_shapes_and_scales_stay()
    {
        var x = _graph.Input(Tensor("x", 4));
        var a = _graph.Add(new Reshape(), Tensor("a", 2, 2), x);
        var b = _graph.Add(new Quantize(), Tensor("b", new Quantization(0.5f, -4), 2, 2), a);
        var y = _graph.Add(new Add(Activation.None), Tensor("y", 2, 2), b, b);

        _graph.Check(
            new RemoveIdentities(),
            """
            input  %x : s8[4]
            %a = reshape(%x) : s8[2,2]
            %b = quantize(%a) : s8[2,2]
            %y = add(%b, %b) : s8[2,2]
            output %y
            """,
            y);
    }

    [Fact]
    public void An_input_that_is_an_output_keeps_the_nodes_name()
    {
        var x = _graph.Input(Tensor("x", 4));
        var y = _graph.Add(new Reshape(), Tensor("y", 4), x);

        _graph.Check(
            new RemoveIdentities(),
            """
            input  %x : s8[4]
            %y = reshape(%x) : s8[4]
            output %y
            """,
            y);
    }
}
