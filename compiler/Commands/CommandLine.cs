// SPDX-License-Identifier: MIT
using System.CommandLine;

namespace TinyInfer.Compiler.Commands;

/// <summary>The program's entry point without the process around it: arguments and streams in, exit code out.</summary>
internal static class CommandLine
{
    public const int Good = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;

    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        var root = new RootCommand("Compiles quantized neural networks for Cortex-M4 and Cortex-M7 under .NET nanoFramework.")
        {
            InspectCommand.Create(),
            CompileCommand.Create(),
            PackCommand.Create(),
            DumpCommand.Create(),
            OpsCommand.Create(),
            RunCommand.Create(),
            VerifyCommand.Create(),
            CorpusCommand.Create(),
            BenchCommand.Create(),
            GoldenCommand.Create(),
            DemoCommand.Create(),
            ProfileCommand.Create(),
            HostLibraryCommand.Create(),
        };
        if (arguments.Count > 0 && !arguments[0].StartsWith('-') && root.Subcommands.All(command => command.Name != arguments[0]))
        {
            error.WriteLine($"there is no command {Quoted.Name(arguments[0])} (supported: {string.Join(", ", root.Subcommands.Select(command => command.Name))})");
            return WrongUsage;
        }

        var parsed = root.Parse(arguments);
        var asksForHelp = parsed.Action is not null and not System.CommandLine.Invocation.ParseErrorAction;

        if (parsed.Errors.Count > 0 && !asksForHelp)
        {
            error.WriteLine($"{parsed.Errors[0].Message} (try: {parsed.CommandResult.Command.Name} --help)");
            return WrongUsage;
        }

        try
        {
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (UsageException wrong)
        {
            error.WriteLine(wrong.Message);
            return WrongUsage;
        }
        catch (CompilerException refusal)
        {
            error.WriteLine(refusal.Message);
            return Refused;
        }
        catch (Exception bug) when (Environment.GetEnvironmentVariable("TINYINFER_TRACE") is null)
        {
            error.WriteLine($"internal error: {bug.Message} (TINYINFER_TRACE=1 shows where)");
            return Refused;
        }
    }
}

/// <summary>Options that do not go together.</summary>
internal sealed class UsageException(string message) : Exception(message);
