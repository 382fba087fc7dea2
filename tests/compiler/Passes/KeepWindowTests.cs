// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Planning;
using Xunit;
using static TinyInfer.Compiler.Tests.Passes.GraphBuilder;

namespace TinyInfer.Compiler.Tests.Passes;

public sealed class KeepWindowTests
{
    private readonly GraphBuilder _graph = new();

    [Fact]
    public void The_window_is_kept_instead_of_its_end()
    {
        var y = Stream(from: 1);

        _graph.Check(
            new KeepWindow(),
            """
            input  %x : s8[1,1,8]
            state  %s/window : s8[1,3,8] then %t/window
            %s = slice<begin=0:1:0>(%s/window) : s8[1,2,8]
            %w = concatenation<axis=1>(%s, %x) : s8[1,3,8]
            %y = tanh(%w) : s8[1,3,8]
            %t/window = assign_variable(%w) : s8[1,3,8]
            output %y
            """,
            y);
    }

    [Fact]
    public void A_window_that_keeps_its_beginning_stays()
    {
        var y = Stream(from: 0);

        _graph.Check(
            new KeepWindow(),
            """
            input  %x : s8[1,1,8]
            state  %s : s8[1,2,8] then %t
            %w = concatenation<axis=1>(%s, %x) : s8[1,3,8]
            %y = tanh(%w) : s8[1,3,8]
            %k = slice<begin=0:0:0>(%w) : s8[1,2,8]
            %t = assign_variable(%k) : s8[1,2,8]
            output %y
            """,
            y);
    }

    [Fact]
    public void What_else_reads_the_end_goes_on_reading_it()
    {
        var y = Stream(from: 1);
        var z = _graph.Add(new Tanh(), Tensor("z", 1, 2, 8), _kept!);

        _graph.Check(
            new KeepWindow(),
            """
            input  %x : s8[1,1,8]
            state  %s/window : s8[1,3,8] then %t/window
            %s = slice<begin=0:1:0>(%s/window) : s8[1,2,8]
            %w = concatenation<axis=1>(%s, %x) : s8[1,3,8]
            %y = tanh(%w) : s8[1,3,8]
            %k = slice<begin=0:1:0>(%w) : s8[1,2,8]
            %t/window = assign_variable(%w) : s8[1,3,8]
            %z = tanh(%k) : s8[1,2,8]
            output %y
            output %z
            """,
            y,
            z);
    }

    [Fact]
    public void All_of_the_window_lies_in_the_state_and_one_copy_is_left()
    {
        var graph = _graph.Build(Stream(from: 1, computed: true));
        new KeepWindow().Run(graph);
        var schedule = ScheduleBuilder.Build(graph);

        Assert.Equal(["slice", "tanh", "tanh"], schedule.Steps.Select(step => step.Node.Op.Name));
        Assert.Equal(24, ArenaPlanner.Plan(schedule).RegionSizes[MemoryRegion.State]);
    }

    private Value? _kept;

    // y = tanh(w) of the window w = s, x, of which the state keeps two rows.
    private Value Stream(int from, bool computed = false)
    {
        var x = _graph.Input(Tensor("x", 1, 1, 8));
        var (s, t) = (Tensor("s", 1, 2, 8), Tensor("t", 1, 2, 8));
        _graph.State(s, t);
        var row = computed ? _graph.Add(new Tanh(), Tensor("row", 1, 1, 8), x) : x;
        var w = _graph.Add(new Concatenation(1), Tensor("w", 1, 3, 8), s, row);
        var y = _graph.Add(new Tanh(), Tensor("y", 1, 3, 8), w);
        _kept = _graph.Add(new Slice([0, from, 0]), Tensor("k", 1, 2, 8), w);
        _graph.Add(new AssignVariable(), t, _kept);
        return y;
    }
}
