// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Planning;
using Xunit;
using static TinyInfer.Compiler.Tests.Planning.FakeGraph;

namespace TinyInfer.Compiler.Tests.Planning;

public sealed class SharingTests
{
    private readonly Value _x = Tensor("x", 64);
    private readonly Value _a = Tensor("a", 64);
    private readonly Value _b = Tensor("b", 64);
    private readonly Value _y = Tensor("y", 64);

    [Fact]
    public void Elementwise_results_take_the_place_of_their_inputs()
    {
        var schedule = ScheduleBuilder.Build(new FakeGraph()
            .Add(FakeKind.Elementwise, [_x], _a).Add(FakeKind.Elementwise, [_a], _y).Build([_x], _y));

        Assert.Single(schedule.Buffers);
        Assert.Equal(2, schedule.Steps.Count);
        Assert.Equal(64, ArenaPlanner.Plan(schedule).ArenaSize);
    }

    [Theory]
    [InlineData(100, 36)]
    [InlineData(101, 40)]
    public void A_pad_takes_the_place_of_its_input_which_lies_at_its_end(int bytes, int offset)
    {
        var wide = Tensor("wide", bytes);
        var schedule = ScheduleBuilder.Build(new FakeGraph()
            .Add(FakeKind.Opaque, [_x], _a).Add(FakeKind.Pad, [_a], wide).Add(FakeKind.Opaque, [wide], _y).Build([_x], _y));

        Assert.Equal(schedule.Storage[wide] with { Offset = offset }, schedule.Storage[_a]);
        Assert.Equal(3, schedule.Steps.Count);
    }

    [Fact]
    public void A_pad_leaves_an_input_that_is_read_later()
    {
        var wide = Tensor("wide", 100);
        var schedule = ScheduleBuilder.Build(new FakeGraph()
            .Add(FakeKind.Opaque, [_x], _a).Add(FakeKind.Pad, [_a], wide).Add(FakeKind.Opaque, [wide, _a], _y).Build([_x], _y));

        Assert.NotEqual(schedule.Storage[wide].Buffer, schedule.Storage[_a].Buffer);
    }

    [Fact]
    public void What_is_read_later_is_not_overwritten()
    {
        var schedule = ScheduleBuilder.Build(new FakeGraph()
            .Add(FakeKind.Elementwise, [_x], _a).Add(FakeKind.Elementwise, [_a, _x], _y).Build([_x], _y));

        Assert.NotEqual(schedule.Storage[_x], schedule.Storage[_a]);
        Assert.Equal(128, ArenaPlanner.Plan(schedule).ArenaSize);
    }

    [Fact]
    public void An_output_of_the_model_is_not_overwritten()
    {
        var schedule = ScheduleBuilder.Build(new FakeGraph()
            .Add(FakeKind.Elementwise, [_x], _a).Add(FakeKind.Elementwise, [_a], _y).Build([_x], _y, _a));

        Assert.NotEqual(schedule.Storage[_y], schedule.Storage[_a]);
    }

    [Fact]
    public void Parts_are_written_in_place_and_their_moves_dropped()
    {
        var whole = Tensor("whole", 128);
        var schedule = ScheduleBuilder.Build(new FakeGraph()
            .Add(FakeKind.Opaque, [_x], _a)
            .Add(FakeKind.Opaque, [_x], _b)
            .Add(FakeKind.Concat, [_a, _b], whole)
            .Build([_x], whole));

        Assert.Equal(schedule.Storage[whole], schedule.Storage[_a]);
        Assert.Equal(schedule.Storage[whole] with { Offset = 64 }, schedule.Storage[_b]);
        Assert.Equal(["fake", "fake"], schedule.Steps.Select(step => step.Call.Kernel));
        Assert.Equal(192, ArenaPlanner.Plan(schedule).ArenaSize);
    }

    [Fact]
    public void One_value_twice_in_a_whole_is_moved_twice()
    {
        var whole = Tensor("whole", 128);
        var schedule = ScheduleBuilder.Build(new FakeGraph()
            .Add(FakeKind.Opaque, [_x], _a).Add(FakeKind.Concat, [_a, _a], whole).Build([_x], whole));

        Assert.Equal(["fake", "move", "move"], schedule.Steps.Select(step => step.Call.Kernel));
    }

    [Fact]
    public void A_part_that_would_make_the_peak_higher_is_moved()
    {
        // Step 1 needs x (64) and big (256); with a in its place in whole, it would need 64 bytes more of whole.
        var (big, whole) = (Tensor("big", 256), Tensor("whole", 128));
        var schedule = ScheduleBuilder.Build(new FakeGraph()
            .Add(FakeKind.Opaque, [_x], _a)
            .Add(FakeKind.Opaque, [_x], big)
            .Add(FakeKind.Opaque, [big], _b)
            .Add(FakeKind.Concat, [_a, _b], whole)
            .Build([_x], whole));

        Assert.Equal(64 + 64 + 256, ArenaPlanner.Plan(schedule).ArenaSize);
        Assert.NotEqual(schedule.Storage[whole].Buffer, schedule.Storage[_a].Buffer);
    }

    [Fact]
    public void A_part_of_unaligned_offset_is_moved()
    {
        var (odd, whole) = (Tensor("odd", 3), Tensor("whole", 67));
        var schedule = ScheduleBuilder.Build(new FakeGraph()
            .Add(FakeKind.Opaque, [_x], odd)
            .Add(FakeKind.Opaque, [_x], _a)
            .Add(FakeKind.Concat, [odd, _a], whole)
            .Build([_x], whole));

        Assert.NotEqual(schedule.Storage[whole].Buffer, schedule.Storage[_a].Buffer);
    }

    [Fact]
    public void Pieces_are_views_until_the_whole_is_written_over()
    {
        var whole = Tensor("whole", 128);
        var schedule = ScheduleBuilder.Build(new FakeGraph()
            .Add(FakeKind.Opaque, [_x], whole)
            .Add(FakeKind.Split, [whole], _a, _b)
            .Add(FakeKind.Elementwise, [_a], _y)
            .Build([_x], _y, _b));

        Assert.Equal(["fake", "fake"], schedule.Steps.Select(step => step.Call.Kernel));
        Assert.Equal(schedule.Storage[whole] with { Offset = 64 }, schedule.Storage[_b]);
        Assert.Equal(schedule.Storage[_a], schedule.Storage[_y]);
    }

    [Fact]
    public void A_piece_is_not_written_over_while_the_whole_is_needed()
    {
        var whole = Tensor("whole", 128);
        var schedule = ScheduleBuilder.Build(new FakeGraph()
            .Add(FakeKind.Opaque, [_x], whole)
            .Add(FakeKind.Split, [whole], _a, _b)
            .Add(FakeKind.Elementwise, [_a], _y)
            .Build([_x], _y, whole));

        Assert.NotEqual(schedule.Storage[whole].Buffer, schedule.Storage[_y].Buffer);
    }
}
