// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Xml.Linq;
using TinyInfer.Compiler.Planning;
using Xunit;
using static TinyInfer.Compiler.Tests.Planning.FakeGraph;

namespace TinyInfer.Compiler.Tests.Planning;

public sealed class ArenaMapTests
{
    private readonly Schedule _schedule;
    private readonly ArenaPlan _plan;

    public ArenaMapTests()
    {
        var (x, a, y) = (Tensor("x<&>", 64), Tensor("a", 32), Tensor("y;rest", 16));
        _schedule = ScheduleBuilder.Build(new FakeGraph().Add(FakeKind.Opaque, [x], a).Add(FakeKind.Opaque, [a], y).Build([x], y));
        _plan = ArenaPlanner.Plan(_schedule);
    }

    [Fact]
    public void Text_has_a_line_and_a_bar_for_each_buffer() => Assert.Equal(
        """
        arena 96 bytes; most bytes live at one step 96; no plan is smaller
          offset     size       steps  in   tensor
               0       64       -1..0  ##.. x<&>
               0       16        1..2  ..## y
              64       32        0..1  .##. a

        """,
        ArenaMap.Text(_plan, _schedule));

    [Fact]
    public void Bars_of_long_models_have_several_steps_a_column()
    {
        var values = Enumerable.Range(0, 200).Select(i => Tensor($"v{i}", 4)).ToArray();
        var graph = new FakeGraph();
        for (var i = 1; i < values.Length; i++)
        {
            graph.Add(FakeKind.Opaque, [values[i - 1]], values[i]);
        }

        var schedule = ScheduleBuilder.Build(graph.Build([values[0]], values[^1]));
        var lines = ArenaMap.Text(ArenaPlanner.Plan(schedule), schedule).Split('\n');

        Assert.All(lines, line => Assert.True(line.Length < 110));
    }

    [Fact]
    public void Picture_is_well_formed_and_its_rectangles_do_not_overlap()
    {
        var svg = XElement.Parse(ArenaMap.Svg(_plan, _schedule));
        XNamespace ns = "http://www.w3.org/2000/svg";
        var boxes = svg.Elements(ns + "g").Select(group => group.Element(ns + "rect")!).Select(Box).ToArray();

        Assert.Equal(3, boxes.Length);
        Assert.All(boxes, a => Assert.All(boxes.Where(b => b != a), b => Assert.True(
            a.Right <= b.Left + 0.2 || b.Right <= a.Left + 0.2 || a.Bottom <= b.Top + 0.2 || b.Bottom <= a.Top + 0.2)));
        Assert.Contains("x<&>: 64 bytes at 0, steps -1..0", svg.Descendants(ns + "title").Select(title => title.Value));
    }

    private static (double Left, double Right, double Top, double Bottom) Box(XElement rectangle)
    {
        double Number(string name) => double.Parse(rectangle.Attribute(name)!.Value, CultureInfo.InvariantCulture);
        return (Number("x"), Number("x") + Number("width"), Number("y"), Number("y") + Number("height"));
    }
}
