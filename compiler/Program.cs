// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Commands;

return CommandLine.Run(args, Console.Out, Console.Error);
