// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using System.Text;
using TinyInfer.Compiler.Codegen;

namespace TinyInfer.Compiler.Emit;

/// <summary>Predicted cycles against flash, a line a core, with the RAM of each point: what <c>--flash</c> and <c>--optimize</c> could buy.</summary>
internal static class ParetoChart
{
    private const int MostPoints = 10;
    private const int Left = 90;
    private const int Top = 64;
    private const int PlotWidth = 760;
    private const int PlotHeight = 320;
    private const int Width = Left + PlotWidth + 110;
    private const int Height = Top + PlotHeight + 70;
    private static readonly string[] Colours = ["#2f6db5", "#b5562f"];

    public static string Svg(CompiledModel model)
    {
        var lines = model.Programs.Where(program => program.Core != Core.Portable)
            .Select(program => (program.Core, Front: KernelPlanner.Front(model.Schedule.Graph, program.Core, MostPoints), Chosen: KernelPlanner.Point(program)))
            .ToArray();
        var all = lines.SelectMany(line => line.Front.Append(line.Chosen)).DefaultIfEmpty(new FrontPoint(1, 1, 0)).ToArray();
        var (flash, fewest, most) = (Math.Max(1, all.Max(point => point.Flash)), Math.Log(Math.Max(1, all.Min(point => point.Cycles))), Math.Log(Math.Max(2, all.Max(point => point.Cycles))));
        var height = Math.Max(most - fewest, 0.1);
        double X(FrontPoint point) => Left + (Math.Sqrt((double)point.Flash / flash) * PlotWidth);
        double Y(FrontPoint point) => Top + ((most - Math.Log(Math.Max(1, point.Cycles))) / height * PlotHeight);

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{Height}" viewBox="0 0 {Width} {Height}" font-family="system-ui, sans-serif" font-size="12">
            <rect width="{Width}" height="{Height}" fill="#ffffff"/>
            <text x="12" y="24" font-size="16" font-weight="600" fill="#1a1a1a">{WebUtility.HtmlEncode(model.Name)}: predicted cycles against flash for generated code</text>
            <text x="12" y="42" fill="#555555">up: cycles, logarithmic; right: bytes of code and extra constants, their square root; RAM where it changes; a ring is what was compiled</text>
            <line x1="{Left}" y1="{Top}" x2="{Left}" y2="{Top + PlotHeight}" stroke="#999999"/>
            <line x1="{Left}" y1="{Top + PlotHeight}" x2="{Left + PlotWidth}" y2="{Top + PlotHeight}" stroke="#999999"/>
            <text x="{Left}" y="{Top + PlotHeight + 18}" fill="#555555" text-anchor="middle">0</text>
            <text x="{Left + PlotWidth}" y="{Top + PlotHeight + 18}" fill="#555555" text-anchor="middle">{flash:N0} bytes</text>
            <text x="{Left - 6}" y="{Top + 4}" fill="#555555" text-anchor="end">{Math.Exp(most):N0}</text>
            <text x="{Left - 6}" y="{Top + PlotHeight + 4}" fill="#555555" text-anchor="end">{Math.Exp(fewest):N0}</text>

            """);

        foreach (var (index, line) in lines.Index())
        {
            var colour = Colours[index % Colours.Length];
            text.Append(CultureInfo.InvariantCulture, $"""
                <text x="{Left + 12 + (120 * index)}" y="{Height - 14}" fill="{colour}">{(line.Core == Core.CortexM7 ? "Cortex-M7" : "Cortex-M4")}</text>
                <polyline fill="none" stroke="{colour}" points="{string.Join(' ', line.Front.Select(point => FormattableString.Invariant($"{X(point):0.0},{Y(point):0.0}")))}"/>
                <circle cx="{X(line.Chosen):0.0}" cy="{Y(line.Chosen):0.0}" r="6" fill="none" stroke="{colour}" stroke-width="2"/>

                """);
            foreach (var (at, point) in line.Front.Index())
            {
                var ram = at > 0 && line.Front[at - 1].Ram == point.Ram ? "" : $"RAM {point.Ram:N0}";
                text.Append(CultureInfo.InvariantCulture, $"""
                    <circle cx="{X(point):0.0}" cy="{Y(point):0.0}" r="3" fill="{colour}"><title>{point.Cycles:N0} cycles, {point.Flash:N0} bytes of flash, {point.Ram:N0} bytes of RAM</title></circle>
                    <text x="{X(point) + 5:0.0}" y="{Y(point) + (index == 0 ? -6 : 13):0.0}" fill="{colour}" font-size="10">{ram}</text>

                    """);
            }
        }

        return text.Append("</svg>\n").ToString();
    }
}
