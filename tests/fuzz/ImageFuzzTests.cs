// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Control;
using TinyInfer.Compiler.Tests.OpCases;
using Xunit;
using Xunit.Abstractions;

namespace TinyInfer.Compiler.Tests.Fuzz;

/// <summary>Damaged images behind a good checksum, opened and run under the sanitizers: one small image for every few cases of every op.</summary>
public sealed partial class ImageFuzzTests(ITestOutputHelper output)
{
    private const int Mutations = 20_000;
    private const int ImagesAnOp = 6;
    private const int ImagesOfControlFlow = 12;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public void Every_damaged_image_is_refused_or_runs_inside_its_memory()
    {
        using var folder = new TemporaryFolder();
        var images = Images(folder).ToList();
        var each = (Mutations + images.Count - 1) / images.Count;

        var result = Tool.Run(RuntimeLibrary.ImageFuzzer(SourceTree.Current), [$"{each}", .. images], folder.Path, Limit);

        Assert.True(result.ExitCode == 0, $"after {result.Output.Split('\n')[^1]}:\n{result.Error}");
        var counts = Counts().Matches(result.Output);
        var (accepted, refused) = (counts.Sum(line => int.Parse(line.Groups[1].Value)), counts.Sum(line => int.Parse(line.Groups[2].Value)));
        output.WriteLine($"{images.Count} images: {accepted} mutations accepted, {refused} refused");
        Assert.Equal(images.Count, counts.Count);
        Assert.True(accepted > Mutations / 20 && refused > Mutations / 4, $"the mutations do not reach far: {accepted} accepted, {refused} refused");
    }

    private static IEnumerable<string> Images(TemporaryFolder folder)
    {
        for (var seed = 0; seed < ImagesOfControlFlow; seed++)
        {
            var path = folder.File($"control-{seed}.tim");
            File.WriteAllBytes(path, Compiler.Compile(new RandomControl(seed).Make().File(), "control").Image);
            yield return path;
        }

        foreach (var cases in Directory.GetFiles(Path.Combine(Checkout.Root, "tests", "ops"), "cases.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var items = CaseText.Read(cases).Where(item => item.Refusal is null).ToList();
            var step = Math.Max(1, items.Count / ImagesAnOp);
            foreach (var (number, item) in items.Index().Where(item => item.Index % step == 0).Take(ImagesAnOp))
            {
                var path = folder.File($"{Path.GetFileName(Path.GetDirectoryName(cases))}-{number}.tim");
                File.WriteAllBytes(path, Compiler.Compile(item.Model(), "case").Image);
                yield return path;
            }
        }
    }

    [GeneratedRegex(@"(\d+) accepted, (\d+) refused")]
    private static partial Regex Counts();
}
