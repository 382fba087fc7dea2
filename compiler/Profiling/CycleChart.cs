// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Net;
using System.Text;

namespace TinyInfer.Compiler.Profiling;

/// <summary>The cycles of each layer as bars: an SVG picture that needs no script and no font but the viewer's own.</summary>
internal static class CycleChart
{
    private const int Row = 20;
    private const int Names = 340;
    private const int Bars = 420;
    private const int Figures = 240;
    private const int Top = 56;
    private const int Width = Names + Bars + Figures;

    public static string Svg(Profile profile)
    {
        var longest = Math.Max(1, profile.Layers.Select(layer => layer.Cycles).DefaultIfEmpty().Max());
        var height = Top + (profile.Layers.Count * Row) + 12;
        var text = new StringBuilder();

        text.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" font-family="system-ui, sans-serif" font-size="12">
            <rect width="{Width}" height="{height}" fill="#ffffff"/>
            <text x="12" y="24" font-size="16" font-weight="600" fill="#1a1a1a">{Text(profile.Model)} on {profile.Target}: {profile.Cycles:N0} cycles</text>
            <text x="12" y="42" fill="#555555">{profile.Macs:N0} MAC, {profile.MacsPerCycle:0.000} MAC/cycle, arena {profile.ArenaBytes:N0} bytes, flash {profile.FlashBytes:N0} bytes (estimate, zero wait states)</text>

            """);

        foreach (var layer in profile.Layers)
        {
            Bar(text, layer, profile.Cycles, longest);
        }

        return text.Append("</svg>\n").ToString();
    }

    private static void Bar(StringBuilder text, ProfileLayer layer, long total, long longest)
    {
        var y = Top + (layer.Index * Row);
        var width = (double)layer.Cycles / longest * Bars;
        var share = total == 0 ? 0 : 100.0 * layer.Cycles / total;
        var figures = layer.Macs > 0 ? $"{layer.Cycles:N0} ({share:0.0} %, {layer.MacsPerCycle:0.000} MAC/cycle)" : $"{layer.Cycles:N0} ({share:0.0} %)";

        text.Append(CultureInfo.InvariantCulture, $"""
            <text x="{Names - 8}" y="{y + 14}" text-anchor="end" fill="#1a1a1a">{layer.Index} {Text(Short(layer.Op))} {Text(Short(layer.Name))}<title>{Text(layer.Name)}</title></text>
            <rect x="{Names}" y="{y + 3}" width="{width:0.0}" height="{Row - 6}" fill="#2f6db5"/>
            <text x="{Names + width + 6:0.0}" y="{y + 14}" fill="#555555">{figures}</text>

            """);
    }

    private static string Short(string name) => name.Length <= 26 ? name : $"{name[..12]}…{name[^13..]}";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
