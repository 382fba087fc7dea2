// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Planning;
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Tests.Passes;

/// <summary>Steps on portable kernels, run on this machine under sanitizers.</summary>
internal static class PortableRun
{
    private static readonly Lazy<ITarget> Host = new(() => TargetNames.Create("host-asan"));

    /// <summary>State is kept from one invocation to the next.</summary>
    public static byte[] Of(Schedule schedule, byte[] inputs, int invocations) =>
        Host.Value.Run(new TargetRun(ImageEmitter.Emit([new CoreProgram(Core.Portable, schedule, ArenaPlanner.Plan(schedule), Code: null)], [], []), inputs, invocations, KeepState: true));
}
