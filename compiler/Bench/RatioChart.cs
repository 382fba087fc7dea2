// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using System.Text;
using TinyInfer.Compiler.Profiling;

namespace TinyInfer.Compiler.Bench;

/// <summary>Cycles of each model as a part of the baseline's, on both cores, as an SVG picture: shorter is faster, the line is the baseline.</summary>
internal static class RatioChart
{
    private const int Row = 34;
    private const int Names = 280;
    private const int Unit = 420;
    private const int Width = Names + Unit + 160;
    private const int Top = 52;
    private const double Longest = 1.3;

    public static string Svg(IReadOnlyList<BenchRow> rows, Baselines baselines, string title)
    {
        var shown = rows.Where(row => row.Refusal is null && baselines.Of(row.Model, "m4") is not null).ToArray();
        var height = Top + (shown.Length * Row) + 12;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" font-family="system-ui, sans-serif" font-size="12">
            <rect width="{Width}" height="{height}" fill="#ffffff"/>
            <text x="12" y="24" font-size="16" font-weight="600" fill="#1a1a1a">{WebUtility.HtmlEncode(title)}</text>
            <text x="12" y="42" fill="#555555">cycles divided by the baseline's (line: 1), estimates without wait states; dark: Cortex-M4, light: Cortex-M7</text>

            """);
        foreach (var (index, row) in shown.Index())
        {
            var y = Top + (index * Row);
            text.Append(CultureInfo.InvariantCulture, $"""<text x="{Names - 8}" y="{y + 19}" text-anchor="end" fill="#1a1a1a">{WebUtility.HtmlEncode(row.Model)}</text>""").Append('\n');
            Bar(text, y + 3, row.M4, baselines.Of(row.Model, "m4"), "#2f6db5");
            Bar(text, y + 17, row.M7, baselines.Of(row.Model, "m7"), "#9dbfe3");
        }

        text.Append(CultureInfo.InvariantCulture, $"""<line x1="{Names + Scaled(1):0.0}" y1="{Top}" x2="{Names + Scaled(1):0.0}" y2="{height - 10}" stroke="#b33a3a"/>""");
        return text.Append("\n</svg>\n").ToString();
    }

    private static void Bar(StringBuilder text, int y, Profile profile, Baselines.Cost? baseline, string colour)
    {
        if (BenchTable.RatioOf(profile, baseline) is { } ratio)
        {
            var width = Scaled(ratio);
            text.Append(CultureInfo.InvariantCulture, $"""<rect x="{Names}" y="{y}" width="{width:0.0}" height="12" fill="{colour}"/><text x="{Names + width + 6:0.0}" y="{y + 10}" font-size="11" fill="#555555">{ratio:0.00}</text>""").Append('\n');
        }
    }

    private static double Scaled(double ratio) => Math.Min(ratio, Longest) / Longest * Unit;
}
