// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace TinyInfer.Compiler.Planning;

/// <summary>Who holds which bytes of the arena at which step, to look at.</summary>
internal static class ArenaMap
{
    private const int MostColumns = 64;

    /// <summary>
    /// A line for each buffer, by offset: where it is, the steps that need it, and those as a bar. The bar's first column is the
    /// caller writing the inputs, its last one the caller reading the outputs; long models have several steps a column.
    /// </summary>
    public static string Text(ArenaPlan plan, Schedule schedule)
    {
        var stepsPerColumn = Math.Max(1, (schedule.Steps.Count + MostColumns - 1) / MostColumns);
        var columns = (schedule.Steps.Count + stepsPerColumn - 1) / stepsPerColumn;
        var text = new StringBuilder();

        text.Append(CultureInfo.InvariantCulture, $"arena {plan.ArenaSize} bytes; most bytes live at one step {plan.LowerBound}; {Verdict(plan)}\n");
        text.Append(CultureInfo.InvariantCulture, $"{"offset",8} {"size",8} {"steps",11}  {"in".PadRight(columns + 2)} tensor\n");

        foreach (var buffer in Buffers(plan, schedule))
        {
            var bar = Enumerable.Range(-1, columns + 2).Select(column => Holds(buffer, column, stepsPerColumn, schedule.Steps.Count) ? '#' : '.');
            text.Append(CultureInfo.InvariantCulture, $"{plan.Offsets[buffer],8} {buffer.Size,8} {$"{buffer.First}..{buffer.Last}",11}  {string.Concat(bar)} {ShortName(buffer)}\n");
        }

        return text.ToString();
    }

    /// <summary>The same as a picture: steps to the right, bytes upwards, a rectangle for each buffer.</summary>
    public static string Svg(ArenaPlan plan, Schedule schedule) => new ArenaPicture(plan, schedule).ToString();

    internal static string Verdict(ArenaPlan plan) => plan switch
    {
        _ when plan.ArenaSize == plan.LowerBound => "no plan is smaller",
        { ProvedOptimal: true } => "no plan of these buffers is smaller, by search",
        _ => "not proved minimal: the search ran out of its budget",
    };

    internal static IEnumerable<Buffer> Buffers(ArenaPlan plan, Schedule schedule) => schedule.Buffers
        .Where(buffer => buffer.Region == MemoryRegion.Arena)
        .OrderBy(buffer => plan.Offsets[buffer]).ThenBy(buffer => buffer.First);

    /// <summary>The converter joins the names of operators it has fused by semicolons; the first one is enough here.</summary>
    internal static string ShortName(Buffer buffer) => buffer.Name.Split(';')[0];

    private static bool Holds(Buffer buffer, int column, int stepsPerColumn, int steps)
    {
        var first = column < 0 ? -1 : Math.Min(column * stepsPerColumn, steps);
        var last = column < 0 ? -1 : Math.Max(first, Math.Min(((column + 1) * stepsPerColumn) - 1, first == steps ? steps : steps - 1));
        return buffer.First <= last && first <= buffer.Last;
    }
}
