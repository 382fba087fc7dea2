// SPDX-License-Identifier: MIT
using System.CommandLine;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace TinyInfer.Compiler.Commands;

/// <summary>Where a command writes. Colour and progress only where a person watches: never into a pipe or a file.</summary>
internal sealed class Terminal(InvocationConfiguration configuration)
{
    public TextWriter Output => configuration.Output;

    public TextWriter Error => configuration.Error;

    public bool IsColoured => configuration.Output == Console.Out && !Console.IsOutputRedirected;

    /// <summary>A table or chart, as wide as its content; colour only on a terminal.</summary>
    public void Write(IRenderable content)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsColoured ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = IsColoured ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(Output),
        });
        console.Profile.Width = IsColoured ? Math.Max(console.Profile.Width, 80) : 200;
        console.Write(content);
    }

    /// <summary>A line on stderr that says how far a long work is.</summary>
    public Progress Progress(string what, int total) =>
        new(configuration.Error == Console.Error && !Console.IsErrorRedirected ? Error : TextWriter.Null, what, total);
}

/// <summary>Rewrites one line; <see cref="Clear"/> before anything else is written.</summary>
internal sealed class Progress(TextWriter writer, string what, int total) : IDisposable
{
    private int _done;

    public void Advance(string item)
    {
        _done++;
        Show(item);
    }

    public void Show(string item) => writer.Write($"\r\e[2K{_done} of {total} {what}: {item}");

    public void Clear() => writer.Write("\r\e[2K");

    public void Dispose() => Clear();
}
