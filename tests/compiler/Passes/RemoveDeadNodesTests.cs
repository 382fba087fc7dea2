// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class RemoveDeadNodesTests
{
    [Fact]
    public void A_chain_that_nobody_reads_goes_as_a_whole()
    {
        var graph = new GraphBuilder();
        var x = graph.Input(Tensor("x", 4));
        var a = graph.Add(new Add(Activation.None), Tensor("a", 4), x, x);
        graph.Add(new Reshape(), Tensor("b", 2, 2), a);
        var y = graph.Add(new Reshape(), Tensor("y", 2, 2), x);

        graph.Check(
            new RemoveDeadNodes(),
            """
            input  %x : s8[4]
            %y = reshape(%x) : s8[2,2]
            output %y
            """,
            y);
    }
}
