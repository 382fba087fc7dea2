// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Targets;

/// <summary>The runtime and all kernels, built once for each way to build them, and the runners around them.</summary>
internal static class RuntimeLibrary
{
    private const string KernelTableSource = "firmware-interop/runtime/ti_kernels.c";
    private const string KernelList = "#include \"../kernels/kernels.def\"";
    private static readonly string[] Folders = ["firmware-interop/runtime", "firmware-interop/kernels"];

    /// <summary>The program of tests/runners/host.</summary>
    public static string HostRunner(SourceTree tree, Build build)
    {
        var cache = new BuildCache(tree, build);
        return cache.Program("host-runner", cache.Objects([.. tree.Files(Folders, ".c"), .. tree.Files(["tests/runners/host"], ".c")]));
    }

    /// <summary>The program of tests/fuzz/image, with the sanitizers.</summary>
    public static string ImageFuzzer(SourceTree tree)
    {
        var cache = new BuildCache(tree, Build.HostAsan);
        return cache.Program("image-fuzzer", cache.Objects(tree.Files([.. Folders, "tests/fuzz/image"], ".c")));
    }

    /// <summary>The native boundary of managed code as a shared library, with the platform of tests/runners/host-shared.</summary>
    public static string HostShared(SourceTree tree)
    {
        var cache = new BuildCache(tree, Build.HostShared);
        var sources = tree.Files([.. Folders, "firmware-interop/frontend", "firmware-interop/interop", "tests/runners/host-shared"], ".c");
        return cache.Program("libtinyinfer_host.so", ["-shared"], cache.Objects(sources));
    }

    /// <summary>Everything but the model, in the order it is linked: runner, start-up, and libtinyinfer.a last.</summary>
    public static IReadOnlyList<string> DeviceParts(SourceTree tree, Build build)
    {
        var cache = new BuildCache(tree, build);
        var library = cache.Library("libtinyinfer.a", cache.Objects(tree.Files(Folders, ".c")));
        return [.. cache.Objects(tree.Files(["emulator/common", "tests/runners/cortex-m"], ".c", ".S")), library];
    }

    /// <summary>
    /// runtime/ti_kernels.c with a list of only the kernels that are used. Linked before the library it takes the place of the
    /// library's own, so that the linker leaves all other kernels out.
    /// </summary>
    public static string KernelTable(SourceTree tree, Build build, IReadOnlyList<int> kernels)
    {
        var lines = File.ReadLines(tree.PathOf("firmware-interop/kernels/kernels.def")).Where(line => line.StartsWith("TI_KERNEL(", StringComparison.Ordinal)).ToArray();
        var used = lines.Where(line => kernels.Any(number => line.StartsWith($"TI_KERNEL({number},", StringComparison.Ordinal)));

        // A model of views alone needs no kernel, but C has no empty table.
        used = kernels.Count > 0 ? used : lines.Take(1);
        var text = File.ReadAllText(tree.PathOf(KernelTableSource)).Replace(KernelList, string.Join('\n', used), StringComparison.Ordinal);
        return new BuildCache(tree, build).Object(Path.GetFileName(KernelTableSource), text);
    }
}
