// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Targets;

/// <summary>
/// Where the device sources are: in the checkout the compiler was built in, or in the folder <c>device</c> that the packed
/// tool carries. Both have the same layout: <c>firmware-interop/</c>, <c>emulator/</c>, <c>tests/runners/</c>.
/// </summary>
internal sealed class SourceTree
{
    private SourceTree(string root, string artifacts)
    {
        Root = root;
        Artifacts = artifacts;
    }

    public static SourceTree Current { get; } = Find();

    public string Root { get; }

    /// <summary>Where built libraries are kept: <c>artifacts/</c> of the checkout, or the user's cache.</summary>
    public string Artifacts { get; }

    public string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>The files below some folders with one of the extensions, relative to the root, in a fixed order.</summary>
    public IReadOnlyList<string> Files(IEnumerable<string> folders, params IReadOnlyList<string> extensions) =>
    [
        .. folders.Select(PathOf)
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(file => extensions.Contains(Path.GetExtension(file)))
            .Select(file => Path.GetRelativePath(Root, file))
            .Order(StringComparer.Ordinal),
    ];

    private static SourceTree Find()
    {
        var packed = Path.Combine(AppContext.BaseDirectory, "device");
        if (IsTree(packed))
        {
            var cache = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return new SourceTree(packed, Path.Combine(cache.Length > 0 ? cache : Path.GetTempPath(), "tinyinfer"));
        }

        var root = Above(AppContext.BaseDirectory).Concat(Above(Directory.GetCurrentDirectory())).FirstOrDefault(IsTree)
            ?? throw new CompilerException("the device sources are missing: run tinyinfer inside its checkout, or install the packed tool");
        return new SourceTree(root, Path.Combine(root, "artifacts"));
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)); at is not null; at = Path.GetDirectoryName(at))
        {
            yield return at;
        }
    }

    private static bool IsTree(string folder) => File.Exists(Path.Combine(folder, "firmware-interop", "include", "tinyinfer.h"));
}
