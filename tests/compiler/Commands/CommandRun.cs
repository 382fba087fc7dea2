// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Commands;

namespace TinyInfer.Compiler.Tests.Commands;

/// <summary>One call of the command line, in this process, with its streams caught.</summary>
internal sealed record CommandRun(int Exit, string Output, string Error)
{
    public static CommandRun Of(params IReadOnlyList<string> arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return new CommandRun(CommandLine.Run(arguments, output, error), output.ToString(), error.ToString());
    }
}
