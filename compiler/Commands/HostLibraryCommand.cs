// SPDX-License-Identifier: MIT
using System.CommandLine;
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Commands;

/// <summary>host-library -o DIR: the runtime of the firmware for this machine, which managed/net calls. Its build asks for it; hidden from people.</summary>
internal static class HostLibraryCommand
{
    public static Command Create()
    {
        var folder = new Option<string>("--output", "-o") { Description = "The directory to write to.", HelpName = "DIR", DefaultValueFactory = _ => "." };
        var command = new Command("host-library", "Builds the runtime as a shared library for this machine.") { folder };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            var library = RuntimeLibrary.HostShared(SourceTree.Current);
            OutputFolder.Write(parsed.GetValue(folder)!, [(Path.GetFileName(library), File.ReadAllBytes(library))]);
            return CommandLine.Good;
        });
        return command;
    }
}
