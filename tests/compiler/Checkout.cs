// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tests;

/// <summary>Where the sources are, seen from the folder the tests run in.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Directory.Packages.props"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("the tests do not run inside the checkout"));
}
