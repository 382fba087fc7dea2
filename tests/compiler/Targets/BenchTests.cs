// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Bench;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Verification;
using Xunit;

namespace TinyInfer.Compiler.Tests.Targets;

/// <summary>The numbers of docs/bench/bench.json are those of the tree: small models in each run, all of core in the full one.</summary>
public sealed class BenchTests
{
    private static readonly string Numbers = Path.Combine(Checkout.Root, "docs", "bench", "bench.json");

    /// <summary>Those that <c>-t:Goldens</c> measures again.</summary>
    private static readonly string[] Small = ["core/mlperf_ad01_int8", "core/mww_vad_v2", "core/tflm_keyword_scrambled_8bit"];

    public static TheoryData<string> Measured => [.. Corpus.Models().Select(Corpus.NameOf).Where(name => Small.Contains(name) || (Toolchain.IsFull && name.StartsWith("core/", StringComparison.Ordinal)))];

    [ToolchainCorpusTheory]
    [MemberData(nameof(Measured))]
    public void Cycles_are_those_of_the_last_bench(string model)
    {
        var timings = FlashTiming.All.Where(timing => timing.Options.Count == 0).ToArray();
        var recorded = BenchGolden.Read(Numbers);
        foreach (var goal in BenchRow.Goals)
        {
            var row = BenchRow.Measure(Path.Combine(Corpus.Folder!, model, "model.tflite"), model, goal, timings);
            if (row.Refusal is not null)
            {
                continue;
            }

            var golden = recorded.GetValueOrDefault(BenchGolden.KeyOf(row));
            Assert.True(golden is not null, $"{model} is not in docs/bench/bench.json: dotnet build nf.proj -t:Bench");
            foreach (var (timing, profile) in timings.Zip(row.Profiles))
            {
                Assert.True(golden.Cycles[timing.Name] == profile.Cycles, $"{BenchGolden.KeyOf(row)}, {timing.Name}: recorded {golden.Cycles[timing.Name]}, now {profile.Cycles}: dotnet build nf.proj -t:Goldens");
            }
        }
    }

    [Fact]
    public void A_change_is_named_with_both_numbers()
    {
        var before = new BenchGolden.Numbers(new() { ["M4"] = 1000 }, 1, 2, 3, 4, 5);
        var now = before with { Cycles = new() { ["M4"] = 900 } };
        Assert.Equal(
            ["a latency: M4 1,000; arena 1, stack 3, image 4, code 5 -> M4 900; arena 1, stack 3, image 4, code 5", "b latency: absent -> M4 900; arena 1, stack 3, image 4, code 5"],
            BenchGolden.Changes(
                new Dictionary<string, BenchGolden.Numbers> { ["a latency"] = before, ["c latency"] = now },
                new Dictionary<string, BenchGolden.Numbers> { ["a latency"] = now, ["b latency"] = now, ["c latency"] = before with { Cycles = new() { ["M4"] = 900 } } }));
    }
}
