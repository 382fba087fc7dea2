// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;
using Xunit.Abstractions;

namespace TinyInfer.Compiler.Tests.Interop;

/// <summary>
/// nanoCLR's thread has 4 KB of stack on STM32F429I-DISCOVERY. No native call takes more than 512 bytes of it, from the glue down to
/// the deepest kernel and the C library: proved over the whole call graph from gcc's reports, for the flags of the firmware.
/// </summary>
public sealed class StackTests(ITestOutputHelper output)
{
    private const int Limit = 512;
    private const string Generated = "generated code";

    /// <summary>
    /// What gcc has no report of. newlib and libgcc 12.2 push 56 bytes for a 64-bit division and 64 for its conversions from float,
    /// at most 24 for arithmetic of doubles; rounded up.
    /// </summary>
    private static readonly Dictionary<string, int> Library = new()
    {
        [Generated] = GeneratedStack.Limit,
        ["memcpy"] = 32,
        ["memmove"] = 32,
        ["memset"] = 32,
        ["__aeabi_ldivmod"] = 64,
        ["__aeabi_uldivmod"] = 64,
        ["__aeabi_f2lz"] = 96,
        ["__aeabi_d2lz"] = 96,
        ["__aeabi_l2d"] = 64,
        ["__aeabi_ul2d"] = 64,
        ["__aeabi_l2f"] = 64,
        ["__aeabi_ul2f"] = 64,
        ["__aeabi_d2f"] = 32,
        ["__aeabi_f2d"] = 32,
        ["__aeabi_dadd"] = 32,
        ["__aeabi_dsub"] = 32,
        ["__aeabi_drsub"] = 32,
        ["__aeabi_dmul"] = 32,
        ["__aeabi_ddiv"] = 32,
        ["__aeabi_dcmpeq"] = 32,
        ["__aeabi_dcmplt"] = 32,
        ["__aeabi_dcmple"] = 32,
        ["__aeabi_dcmpge"] = 32,
        ["__aeabi_dcmpgt"] = 32,
        ["__aeabi_dcmpun"] = 32,
        ["__aeabi_i2d"] = 32,
        ["__aeabi_ui2d"] = 32,
        ["__aeabi_d2iz"] = 32,
        ["__aeabi_d2uiz"] = 32,
    };

    [ToolchainTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void No_native_call_needs_more_than_512_bytes(string core)
    {
        using var folder = new TemporaryFolder();
        FirmwareBuild.Compile(core, folder.Path, "-fcallgraph-info=su");

        var graph = new CallGraph(folder.Path, Bound, Pointed);
        var methods = graph.Functions.Where(name => name.Contains("ER17CLR_RT_StackFrame", StringComparison.Ordinal)).ToArray();
        var boundary = graph.Functions.Where(name => name.StartsWith("ti_native_", StringComparison.Ordinal)).ToArray();
        var deepest = methods.MaxBy(graph.Depth)!;
        output.WriteLine($"{graph.Depth(deepest)} bytes: {graph.Chain(deepest)}");

        Assert.True(methods.Length >= 20 && boundary.Length >= 19, "the call graph is not complete");
        Assert.All([.. methods, .. boundary], function => Assert.True(graph.Depth(function) <= Limit, $"{graph.Depth(function)} bytes: {graph.Chain(function)}"));
    }

    /// <summary>nanoCLR's own functions are part of every native method of every assembly and not counted.</summary>
    private static int? Bound(string function) =>
        function.StartsWith("_ZN", StringComparison.Ordinal) && function.Contains("CLR_RT_", StringComparison.Ordinal) ? 0
        : Library.TryGetValue(function, out var bytes) ? bytes
        : null;

    private static IEnumerable<string> Pointed(CallGraph graph, string caller) => caller switch
    {
        "ti_advance" => [Generated, .. graph.Functions.Where(name => graph.IsIn(name, "/kernels/") && !name.Contains(':'))],
        "ti_prove" => graph.Functions.Where(name => name.EndsWith(":check", StringComparison.Ordinal)),
        _ when caller.Contains("4fill", StringComparison.Ordinal) => ["ti_native_model", "ti_native_profile", "ti_native_self_test"],
        _ when graph.IsIn(caller, "/kernels/") => graph.Functions.Where(name => name.StartsWith($"{graph.FileOf(caller)}:", StringComparison.Ordinal)),
        _ => throw new InvalidOperationException($"{caller}: what it calls through a pointer is not known here"),
    };
}
