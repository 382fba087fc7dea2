// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tests;

/// <summary>
/// The models other projects publish, kept beside the checkout in <c>../shared/models</c> or where TINYINFER_CORPUS points.
/// They are not part of the repository; tests that need them say so when they are absent.
/// </summary>
internal static class Corpus
{
    /// <summary>Gets the folder, or null when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>Gets the reason for a skipped test, or null when the corpus is there.</summary>
    public static string? Absent { get; } = Folder is null ? "no corpus: neither ../shared/models beside the checkout nor TINYINFER_CORPUS" : null;

    /// <summary>The paths of all models below the folder, in a fixed order.</summary>
    public static IReadOnlyList<string> Models() => Folder is null
        ? []
        : [.. Directory.EnumerateFiles(Folder, "model.tflite", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    /// <summary>The model's name as <c>group/name</c>.</summary>
    public static string NameOf(string path) => Path.GetRelativePath(Folder!, Path.GetDirectoryName(path)!);

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("TINYINFER_CORPUS");
        var beside = Path.GetFullPath(Path.Combine(Checkout.Root, "..", "shared", "models"));
        return !string.IsNullOrEmpty(named) ? named : Directory.Exists(beside) ? beside : null;
    }
}
