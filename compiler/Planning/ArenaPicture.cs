// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Security;
using System.Text;

namespace TinyInfer.Compiler.Planning;

/// <summary>
/// The arena over time as SVG. A label is drawn only inside its own rectangle and only where it fits, so labels never overlap;
/// every rectangle names itself when pointed at.
/// </summary>
internal sealed class ArenaPicture
{
    private const double Left = 76;
    private const double Right = 134;
    private const double Top = 34;
    private const double Bottom = 40;
    private const double Width = 1000;
    private const double Height = 460;
    private const double LetterWidth = 6;
    private const double LineHeight = 13;

    private static readonly string[] Colours = ["#8ecae6", "#ffd166", "#a7c957", "#f4a261", "#cdb4db", "#90be6d", "#e5989b", "#b8c0ff"];

    private readonly StringBuilder _svg = new();
    private readonly double _stepWidth;
    private readonly double _byteHeight;

    public ArenaPicture(ArenaPlan plan, Schedule schedule)
    {
        _stepWidth = Width / (schedule.Steps.Count + 2);
        _byteHeight = Height / Math.Max(1, plan.ArenaSize);

        Open(Invariant($"Arena: {plan.ArenaSize:N0} bytes, {ArenaMap.Verdict(plan)}"));
        Axes(plan, schedule);
        foreach (var (index, buffer) in ArenaMap.Buffers(plan, schedule).Index())
        {
            Rectangle(buffer, plan.Offsets[buffer], Colours[index % Colours.Length]);
        }

        Lines(plan);
        _svg.Append("</svg>\n");
    }

    public override string ToString() => _svg.ToString();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private double X(int step) => Left + ((step + 1) * _stepWidth);

    private double Y(int bytes) => Top + Height - (bytes * _byteHeight);

    private void Add(FormattableString text) => _svg.Append(Invariant(text)).Append('\n');

    private void Open(string title)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Left + Width + Right} {Top + Height + Bottom}\" font-family=\"sans-serif\" font-size=\"10\">");
        Add($"<rect width=\"100%\" height=\"100%\" fill=\"white\"/>");
        Add($"<text x=\"{Left}\" y=\"20\" font-size=\"14\">{title}</text>");
    }

    private void Axes(ArenaPlan plan, Schedule schedule)
    {
        const int ByteTicks = 4;
        for (var i = 0; i <= ByteTicks; i++)
        {
            var bytes = (int)((long)plan.ArenaSize * i / ByteTicks);
            Add($"<text x=\"{Left - 6}\" y=\"{Y(bytes) + 3:F1}\" text-anchor=\"end\">{bytes:N0}</text>");
        }

        // A tick wherever a number of five letters has room.
        var every = (int)Math.Ceiling(5 * LetterWidth / _stepWidth);
        for (var step = 0; step < schedule.Steps.Count; step += every)
        {
            Add($"<text x=\"{X(step) + (_stepWidth / 2):F1}\" y=\"{Top + Height + LineHeight}\" text-anchor=\"middle\">{step}</text>");
        }

        Add($"<text x=\"{Left + (Width / 2)}\" y=\"{Top + Height + (2 * LineHeight) + 4}\" text-anchor=\"middle\">step; the first column is the caller writing inputs, the last one reading outputs</text>");
        Add($"<rect x=\"{Left}\" y=\"{Top}\" width=\"{Width}\" height=\"{Height}\" fill=\"none\" stroke=\"#999\"/>");
    }

    private void Rectangle(Buffer buffer, int offset, string colour)
    {
        var (x, y) = (X(buffer.First), Y(offset + buffer.Size));
        var (width, height) = ((buffer.Last - buffer.First + 1) * _stepWidth, buffer.Size * _byteHeight);
        var name = SecurityElement.Escape(buffer.Name);

        Add($"<g><title>{name}: {buffer.Size:N0} bytes at {offset:N0}, steps {buffer.First}..{buffer.Last}</title>");
        Add($"<rect x=\"{x:F1}\" y=\"{y:F1}\" width=\"{width:F1}\" height=\"{height:F1}\" fill=\"{colour}\" stroke=\"white\" stroke-width=\"0.7\"/>");
        Label(ArenaMap.ShortName(buffer), x + (width / 2), y + (height / 2), width, height);
        Add($"</g>");
    }

    // Level where that has more room, upright in narrow rectangles.
    private void Label(string name, double x, double y, double width, double height)
    {
        var (along, across, turn) = width >= height || height < 5 * LetterWidth ? (width, height, 0) : (height, width, -90);
        if (across >= LineHeight && Shortened(name, (int)((along - 6) / LetterWidth)) is { } label)
        {
            Add($"<text x=\"{x:F1}\" y=\"{y:F1}\" dy=\"3.5\" text-anchor=\"middle\" transform=\"rotate({turn} {x:F1} {y:F1})\">{SecurityElement.Escape(label)}</text>");
        }
    }

    // The end of a name tells tensors apart better than the scopes in front of it.
    private static string? Shortened(string name, int letters) =>
        name.Length <= letters ? name : letters >= 5 ? string.Concat("…", name.AsSpan(name.Length - letters + 1)) : null;

    private void Lines(ArenaPlan plan)
    {
        var (peak, bound) = (Y(plan.ArenaSize), Y(plan.LowerBound));
        Line(peak, peak, "#c1121f", Invariant($"peak {plan.ArenaSize:N0}"));
        Line(bound, Math.Max(bound, peak + LineHeight), "#003049", Invariant($"lower bound {plan.LowerBound:N0}"));
    }

    private void Line(double y, double labelY, string colour, string label)
    {
        Add($"<line x1=\"{Left}\" x2=\"{Left + Width}\" y1=\"{y:F1}\" y2=\"{y:F1}\" stroke=\"{colour}\" stroke-width=\"1.5\" stroke-dasharray=\"6 3\"/>");
        Add($"<text x=\"{Left + Width + 5}\" y=\"{labelY + 3.5:F1}\" fill=\"{colour}\">{label}</text>");
    }
}
