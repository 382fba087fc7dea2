// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Planning;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

/// <summary>Recurrent layers whose steps stand one behind the other.</summary>
public sealed class RollUpTests
{
    private const int Invocations = 3;

    [Fact]
    public void A_layer_becomes_a_loop_over_its_rows()
    {
        var graph = new GraphBuilder();
        var (weights, bias) = (Layers.Weights("u", new Random(1), 2, 2), Layers.Bias("b", new Random(1), 2));
        Value[] rows = [.. Enumerable.Range(0, 4).Select(step => Tensor($"x{step}", 1, 2))];
        graph.Add(new Unpack(0), rows, [graph.Input(Tensor("x", 4, 1, 2))]);
        var h = graph.Input(Tensor("h", 1, 2));
        var all = new List<Value>();
        foreach (var (step, row) in rows.Index())
        {
            var product = graph.Add(new FullyConnected(Activation.None), Tensor($"p{step}", 1, 2), h, weights, bias);
            all.Add(h = graph.Add(new Add(Activation.None), Tensor($"h{step}", 1, 2), product, row));
        }

        var y = graph.Add(new Pack(1), Tensor("y", 1, 4, 2), all);
        graph.Check(
            new RollUp(),
            """
            input  %x : s8[4,1,2]
            input  %h : s8[1,2]
            %h3, %y = scan<4>(%h, %x) : s8[1,2], s8[1,4,2]
            begin  p0/step
            input  %h0/turn : s8[1,2]
            input  %x1/turn : s8[1,2]
            %p0 = fully_connected(%h0/turn, $u, $b) : s8[1,2]
            %h0 = add(%p0, %x1/turn) : s8[1,2]
            output %h0
            output %h0
            end
            output %y
            output %h3
            """,
            y,
            h);
    }

    /// <summary>Not even where a step is another one, rows come in another order, or results are read one by one.</summary>
    [Fact]
    public void Rolling_up_changes_no_byte()
    {
        var (loops, graphs) = (0, 0);
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var (plain, rolled) = (RandomUnrolled.Of(seed), RandomUnrolled.Of(seed));
            new RollUp().Run(rolled);
            GraphVerifier.Verify(rolled);
            loops += rolled.Nodes.Any(node => node.Op is Scan) ? 1 : 0;
            graphs++;

            var inputs = new byte[Invocations * plain.Inputs.Sum(input => input.ByteSize)];
            new Random(seed).NextBytes(inputs);
            return PortableRun.Of(ScheduleBuilder.BuildApart(plain), inputs, Invocations).AsSpan().SequenceEqual(PortableRun.Of(ScheduleBuilder.Build(Linear.Of(rolled)), inputs, Invocations));
        }).QuickCheckThrowOnFailure();
        Assert.InRange(loops, graphs / 3, graphs * 4 / 5);
    }
}
