// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tests;
using Xunit;

namespace TinyInfer.Managed.Tests;

/// <summary>Files of the repository that are made from others: a test makes them again and compares.</summary>
internal static class Generated
{
    /// <summary>Compares; with TINYINFER_REGENERATE=true writes instead.</summary>
    public static void Check(string path, string expected)
    {
        var file = Path.Combine(Checkout.Root, path);
        if (Environment.GetEnvironmentVariable("TINYINFER_REGENERATE") == "true")
        {
            File.WriteAllText(file, expected);
        }

        Assert.True(File.Exists(file) && File.ReadAllText(file).ReplaceLineEndings("\n") == expected, $"{path} is not what it is made from: run the tests with TINYINFER_REGENERATE=true");
    }
}
