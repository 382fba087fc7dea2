// SPDX-License-Identifier: MIT
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TinyInfer.Compiler.Tests;
using Xunit;

namespace TinyInfer.Managed.Tests.Lint;

/// <summary>Every source that runs on a device stays in the subset, in the projects that Visual Studio builds.</summary>
public sealed class LintTests
{
    private static readonly CSharpCompilation Native = Project("managed/TinyInfer.Native/TinyInfer.Native.nfproj");
    internal static readonly CSharpCompilation Managed = Project("TinyInfer.nfproj");
    private static readonly CSharpCompilation Firmware = Project("managed/TinyInfer.Firmware/TinyInfer.Firmware.nfproj", DeviceCompilation.Emit(Native));

    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(Checkout.Root, "*.nfproj", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Checkout.Root, path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void The_extern_methods_are_in_the_subset() => Clean(Native);

    [Fact]
    public void The_api_with_managed_kernels_is_in_the_subset() => Clean(Managed);

    [Fact]
    public void The_api_over_the_firmware_is_in_the_subset() => Clean(Firmware);

    [Fact]
    public void The_device_tests_and_a_packed_model_are_in_the_subset()
    {
        var generated = Path.Combine(Checkout.Root, "tests/managed/obj/models/motion.g.cs");
        var sources = Sources("tests/managed/Device").Append((generated, File.ReadAllText(generated)));

        Clean(DeviceCompilation.Of("NFUnitTest", sources, DeviceCompilation.Emit(Managed)));
    }

    [Theory]
    [InlineData("Clothes", "clothes")]
    [InlineData("Keywords", "keywords")]
    [InlineData("Motion", "motion")]
    public void A_sample_and_its_packed_model_are_in_the_subset_on_both_packages(string sample, string model)
    {
        var generated = Path.Combine(Checkout.Root, "managed/samples/net/obj/models", $"{model}.g.cs");
        foreach (var api in new[] { Managed, Firmware })
        {
            var compilation = Project($"managed/samples/{sample}/{sample}.nfproj", DeviceCompilation.Emit(api));
            Clean(compilation.AddSyntaxTrees(DeviceCompilation.Parse(generated, File.ReadAllText(generated))));
        }
    }

    [Fact]
    public void The_application_in_the_manual_compiles_in_under_25_lines()
    {
        const string Fence = "```";
        const string Sensor = "internal static class Sensor { internal static void Fill(sbyte[] window) { } }";
        var generated = File.ReadAllText(Path.Combine(Checkout.Root, "tests/managed/obj/models/motion.g.cs")).Replace("namespace TinyInfer.Tests", "namespace App.Models", StringComparison.Ordinal);
        var application = File.ReadAllText(Path.Combine(Checkout.Root, "docs/NANOFRAMEWORK.md")).ReplaceLineEndings("\n").Split(Fence + "csharp\n")[1].Split(Fence)[0];

        Assert.InRange(application.TrimEnd().Split('\n').Length, 1, 24);
        Clean(DeviceCompilation.Of("App", [("App.cs", application), ("Sensor.cs", Sensor), ("motion.g.cs", generated)], DeviceCompilation.Emit(Managed)));
    }

    [Fact]
    public void Both_builds_of_the_api_offer_the_same() => Assert.Equal(Api(Managed), Api(Firmware));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_has_a_language_version_that_interop_survives(string path) =>
        Assert.Null(SubsetLint.CheckLanguage(XDocument.Load(Path.Combine(Checkout.Root, path))));

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_refers_to_the_packages_that_are_restored_for_it(string path)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Checkout.Root, path))!;
        var restored = XDocument.Load(Path.Combine(folder, "packages.config")).Descendants("package")
            .Select(package => $"{package.Attribute("id")!.Value}.{package.Attribute("version")!.Value}").ToHashSet();
        var referred = XDocument.Load(Path.Combine(Checkout.Root, path)).Descendants().Where(item => item.Name.LocalName == "HintPath").Select(item => item.Value.Split('\\')[^3]);

        Assert.Equal(restored.Order(StringComparer.Ordinal), referred.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("<LangVersion>11</LangVersion>", "LangVersion 11 shifts the native method table (supported: 9, 10)")]
    [InlineData("<LangVersion>10</LangVersion><LangVersion>12.0</LangVersion>", "LangVersion 12.0 shifts the native method table (supported: 9, 10)")]
    [InlineData("<LangVersion>latest</LangVersion>", "LangVersion latest shifts the native method table (supported: 9, 10)")]
    [InlineData("", "there is no LangVersion: Visual Studio's own may be above 10")]
    public void A_newer_language_version_is_found(string versions, string expected) =>
        Assert.Equal(expected, SubsetLint.CheckLanguage(XDocument.Parse($"<Project><PropertyGroup>{versions}</PropertyGroup></Project>")));

    [Theory]
    [InlineData("class A<T> { }", "generics")]
    [InlineData("class A { void F<T>() { } }", "generics")]
    [InlineData("class A { object F() => new System.Collections.Generic.List<int>(); }", "generics")]
    [InlineData("class A { int[,] F() => new int[2, 3]; }", "multi-dimensional")]
    [InlineData("class A { unsafe void F() { int* p = stackalloc int[4]; } }", "stackalloc")]
    [InlineData("class A { void F() { System.Span<byte> s = stackalloc byte[4]; } }", "stackalloc")]
    [InlineData("class A { unsafe void F() { int* p = stackalloc[] { 1, 2 }; } }", "stackalloc")]
    [InlineData("class A { int F(System.Span<byte> s) => s.Length; }", "generics")]
    [InlineData("class A { object F(string s) => System.MemoryExtensions.AsSpan(s).Length; }", "System.MemoryExtensions")]
    [InlineData("class A { int[][,] F() => null; }", "multi-dimensional")]
    [InlineData("class A { int? F() => null; }", "NullableType")]
    [InlineData("class A { (int, int) F() => (1, 2); }", "TupleType")]
    [InlineData("record A(int B);", "RecordDeclaration")]
    [InlineData("class A { System.Collections.IEnumerable F() { yield return 1; } }", "YieldReturnStatement")]
    [InlineData("class A { double F() => System.Math.Sqrt(2); }", "System.Math")]
    [InlineData("class A { string F(string s) => s.Replace(\"a\", \"b\"); }", "System.String.Replace")]
    [InlineData("using System.Linq; class A { int F(int[] a) => a.Sum(); }", "System.Linq.Enumerable")]
    [InlineData("using System.Linq; class A { object F(int[] a) => from i in a select i; }", "QueryExpression")]
    [InlineData("class A { int F(int[] a) => a[^1]; }", "IndexExpression")]
    [InlineData("namespace N;\nclass A { }", "file-scoped namespace")]
    [InlineData("class A { [System.Runtime.InteropServices.DllImport(\"x\")] static extern void F(); }", "DllImport")]
    public void What_breaks_on_a_device_is_found(string source, string expected)
    {
        var findings = SubsetLint.Check(DeviceCompilation.Of("bad", [("bad.cs", source)]));
        Assert.Contains(findings, finding => finding.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("long", 7_680, 1, 0)]
    [InlineData("long", 7_681, 1, 1)]
    [InlineData("int", 15_361, 1, 1)]
    [InlineData("double", 2_560, 3, 0)]
    [InlineData("double", 2_561, 3, 1)]
    public void Array_literals_that_are_too_large_together_are_found(string type, int count, int classes, int findings)
    {
        var values = string.Join(',', Enumerable.Repeat("1", count));
        var sources = Enumerable.Range(0, classes).Select(number => ($"{number}.cs", $"class A{number} {{ static readonly {type}[] B = {{ {values} }}; }}"));
        var found = SubsetLint.Check(DeviceCompilation.Of("large", sources));

        Assert.Equal(findings, found.Count);
        Assert.All(found, finding => Assert.StartsWith("large: array literals of ", finding));
    }

    // No data of its own: what is not a number, or is computed.
    [Fact]
    public void Other_initializers_are_not_literals() => Assert.Empty(SubsetLint.Check(DeviceCompilation.Of(
        "names", [("names.cs", $"class A {{ static readonly string[] B = {{ {string.Join(',', Enumerable.Repeat("\"x\"", 20_000))} }}; }}")])));

    private static void Clean(CSharpCompilation compilation)
    {
        var findings = SubsetLint.Check(compilation);
        Assert.True(findings.Count == 0, string.Join('\n', findings));
    }

    // All that Visual Studio compiles, from the project itself: a file that is missing there is missing here.
    private static CSharpCompilation Project(string path, params IEnumerable<MetadataReference> references)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Checkout.Root, path))!;
        var files = XDocument.Load(Path.Combine(Checkout.Root, path)).Descendants()
            .Where(item => item.Name.LocalName == "Compile")
            .Select(item => Path.GetFullPath(Path.Combine(folder, item.Attribute("Include")!.Value.Replace('\\', '/'))));
        return DeviceCompilation.Of(Path.GetFileNameWithoutExtension(path), files.Select(file => (file, File.ReadAllText(file))), references);
    }

    private static IEnumerable<(string Path, string Text)> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Checkout.Root, folder), "*.cs").Order(StringComparer.Ordinal).Select(file => (file, File.ReadAllText(file)));

    private static IReadOnlyList<string> Api(CSharpCompilation compilation) =>
    [
        .. compilation.Assembly.GlobalNamespace.GetNamespaceMembers().SelectMany(space => space.GetTypeMembers())
            .Where(type => type.DeclaredAccessibility == Accessibility.Public)
            .SelectMany(type => type.GetMembers().Where(member => member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected))
            .Select(member => member.ToDisplayString())
            .Order(StringComparer.Ordinal),
    ];
}
