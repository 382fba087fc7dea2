// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Targets;

/// <summary>The runtime and all kernels, built once for each way to build them.</summary>
internal static class RuntimeLibrary
{
    private static readonly string[] Folders = ["firmware-interop/runtime", "firmware-interop/kernels"];

    /// <summary>libtinyinfer.a.</summary>
    public static string Build(SourceTree tree, Build build)
    {
        var cache = new BuildCache(tree, build);
        return cache.Library("libtinyinfer.a", cache.Objects(tree.Files(Folders, ".c")));
    }

    /// <summary>The program of tests/runners/host.</summary>
    public static string HostRunner(SourceTree tree, Build build)
    {
        var cache = new BuildCache(tree, build);
        return cache.Program("host-runner", cache.Objects([.. tree.Files(Folders, ".c"), .. tree.Files(["tests/runners/host"], ".c")]));
    }
}
