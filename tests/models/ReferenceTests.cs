// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Tests;
using TinyInfer.Compiler.Tflite;
using TinyInfer.Quantizer;
using TinyInfer.Quantizer.Integer;
using Xunit;

namespace TinyInfer.Models.Tests;

/// <summary>
/// The reference that expected outputs come from gives what TensorFlow Lite Micro's reference kernels gave (the corpus), and
/// what TensorFlow Lite's library gives (the project's own models).
/// </summary>
public sealed class ReferenceTests
{
    /// <summary>Gets those that are one chain of layers, as the reference is.</summary>
    public static TheoryData<string> OwnModels => [.. Own.Where(path => !HasSubgraphs(path))];

    /// <summary>Gets those that choose between subgraphs.</summary>
    public static TheoryData<string> ModelsWithSubgraphs => [.. Own.Where(HasSubgraphs)];

    /// <summary>Gets chains without operators that the library does not have.</summary>
    public static TheoryData<string> ModelsOfTheLibrary => [.. Own.Where(path => !HasSubgraphs(path) && !HasCustomOperators(path))];

    private static IEnumerable<string> Own => Directory.EnumerateFiles(Path.Combine(Checkout.Root, "models"), "*.tflite", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Checkout.Root, path)).Order(StringComparer.Ordinal);

    private static bool HasSubgraphs(string path) => Read(path).Subgraphs.Count > 1;

    private static bool HasCustomOperators(string path) => Read(path).Subgraphs.Any(graph => graph.Operators.Any(op => op.CustomName is not null));

    private static TfliteModel Read(string path) => TfliteReader.Read(File.ReadAllBytes(Path.Combine(Checkout.Root, path)));

    [CorpusFact]
    public void Equals_tflite_micro_on_published_models()
    {
        string[] names = ["mlperf_resnet8_int8", "mlperf_kws_dscnn_int8", "mlperf_ad01_int8", "tflm_micro_speech_int8"];

        Assert.All(names, name =>
        {
            var folder = Path.Combine(Corpus.Folder!, "core", name);
            var network = ReferenceImport.Read(Path.Combine(folder, "model.tflite"));
            for (var k = 0; File.Exists(Path.Combine(folder, $"in{k}.bin")); k++)
            {
                Assert.Equal(Bytes(folder, $"out{k}.bin"), network.Run(Bytes(folder, $"in{k}.bin"), Rules.Micro));
            }
        });
    }

    [Theory]
    [MemberData(nameof(OwnModels))]
    public void Gives_the_committed_cases(string path)
    {
        var network = ReferenceImport.Read(Path.Combine(Checkout.Root, path));
        var cases = Path.Combine(Path.GetDirectoryName(Path.Combine(Checkout.Root, path))!, "cases");
        var count = Directory.GetFiles(cases, "in*.bin").Length;

        Assert.True(count >= 12, $"only {count} cases in '{cases}'");
        for (var k = 0; k < count; k++)
        {
            Assert.Equal(Bytes(cases, $"out{k}.bin"), network.Run(Bytes(cases, $"in{k}.bin"), Rules.Micro));
        }
    }

    [LibraryTheory]
    [MemberData(nameof(ModelsWithSubgraphs))]
    public void The_committed_cases_are_the_librarys(string path)
    {
        var cases = Path.Combine(Checkout.Root, Path.GetDirectoryName(path)!, "cases");
        var count = Directory.GetFiles(cases, "in*.bin").Length;
        using var oracle = new TensorFlowLite(TensorFlowLite.Find(Checkout.Root)!, File.ReadAllBytes(Path.Combine(Checkout.Root, path)));

        Assert.True(count >= 12, $"only {count} cases in '{cases}'");
        for (var k = 0; k < count; k++)
        {
            Assert.Equal(Bytes(cases, $"out{k}.bin"), oracle.Run(Bytes(cases, $"in{k}.bin")));
        }
    }

    [LibraryTheory]
    [MemberData(nameof(ModelsOfTheLibrary))]
    public void Equals_the_library_by_the_librarys_rules(string path)
    {
        var file = File.ReadAllBytes(Path.Combine(Checkout.Root, path));
        var network = ReferenceImport.Read(Path.Combine(Checkout.Root, path));
        var random = new Random(1);
        using var oracle = new TensorFlowLite(TensorFlowLite.Find(Checkout.Root)!, file);

        for (var round = 0; round < 20; round++)
        {
            var input = new sbyte[network.Input.Shape.Aggregate(1, (product, size) => product * size)];
            random.NextBytes(MemoryMarshal.AsBytes(input.AsSpan()));
            Assert.Equal(oracle.Run(input), network.Run(input, Rules.Library));
        }
    }

    private static sbyte[] Bytes(string folder, string name) =>
        MemoryMarshal.Cast<byte, sbyte>(File.ReadAllBytes(Path.Combine(folder, name))).ToArray();
}
