// SPDX-License-Identifier: MIT
using System.CommandLine;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Commands;

/// <summary>ops: every operator that the compiler understands.</summary>
internal static class OpsCommand
{
    public static Command Create()
    {
        var json = Options.Json();
        var command = new Command("ops", "Lists the TensorFlow Lite operators that are supported.") { json };
        command.SetAction(parsed =>
        {
            var names = OpRegistry.Names.Order(StringComparer.Ordinal).ToList();
            parsed.InvocationConfiguration.Output.Write(parsed.GetValue(json) ? ReportJson.Write(names) : string.Join("\n", names) + "\n");
            return CommandLine.Good;
        });
        return command;
    }
}
