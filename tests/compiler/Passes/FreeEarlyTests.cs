// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class FreeEarlyTests
{
    [Fact]
    public void The_last_reader_of_more_bytes_than_it_makes_does_not_wait()
    {
        var graph = new GraphBuilder();
        var x = graph.Input(Tensor("x", 1, 16));
        var a = graph.Add(new Slice([0, 0]), Tensor("a", 1, 8), x);
        var b = graph.Add(new Add(Activation.None), Tensor("b", 1, 8), a, a);
        var s = graph.Add(new Slice([0, 8]), Tensor("s", 1, 8), x);
        var y = graph.Add(new Add(Activation.None), Tensor("y", 1, 8), b, s);

        graph.Check(
            new FreeEarly(),
            """
            input  %x : s8[1,16]
            %a = slice<begin=0:0>(%x) : s8[1,8]
            %s = slice<begin=0:8>(%x) : s8[1,8]
            %b = add(%a, %a) : s8[1,8]
            %y = add(%b, %s) : s8[1,8]
            output %y
            """,
            y);
    }

    [Fact]
    public void A_node_whose_input_is_read_later_stays()
    {
        var graph = new GraphBuilder();
        var x = graph.Input(Tensor("x", 1, 16));
        var a = graph.Add(new Slice([0, 0]), Tensor("a", 1, 8), x);
        var b = graph.Add(new Add(Activation.None), Tensor("b", 1, 8), a, a);
        var s = graph.Add(new Slice([0, 8]), Tensor("s", 1, 8), x);
        var y = graph.Add(new Concatenation(1), Tensor("y", 1, 32), b, s, x);

        graph.Check(
            new FreeEarly(),
            """
            input  %x : s8[1,16]
            %a = slice<begin=0:0>(%x) : s8[1,8]
            %b = add(%a, %a) : s8[1,8]
            %s = slice<begin=0:8>(%x) : s8[1,8]
            %y = concatenation<axis=1>(%b, %s, %x) : s8[1,32]
            output %y
            """,
            y);
    }
}
