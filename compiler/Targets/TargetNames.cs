// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Targets;

/// <summary>The targets by the names the command line knows.</summary>
internal static class TargetNames
{
    /// <summary>host-asan is the host with the sanitizers of gcc; the project's own tests use it.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Builds.Select(build => build.Name)];

    /// <summary>The emulated boards.</summary>
    public static IReadOnlyList<Machine> Machines => [Machine.CortexM4, Machine.CortexM7];

    private static IReadOnlyList<Build> Builds => [Build.Host, Build.HostAsan, .. Machines.Select(machine => machine.Build)];


    /// <exception cref="CompilerException">Another rounding than the contract's is asked for a device.</exception>
    public static ITarget Create(string name, Rounding rounding = Rounding.Double)
    {
        var build = Builds.First(build => build.Name == name);
        if (build.IsHost)
        {
            return new HostTarget(build.With(rounding));
        }

        return rounding == Rounding.Double
            ? new EmulatedTarget(Machines.First(machine => machine.Build == build))
            : throw new CompilerException($"target {name} rounds as the contract says; another rounding is for host only");
    }
}
