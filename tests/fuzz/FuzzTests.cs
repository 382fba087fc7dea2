// SPDX-License-Identifier: MIT
using System.Diagnostics;
using TinyInfer.Compiler.Tests.Tflite;
using TinyInfer.Compiler.Tflite;
using Xunit;
using Xunit.Abstractions;

namespace TinyInfer.Compiler.Tests.Fuzz;

/// <summary>
/// Damaged files, the same ones on every run. Each must be read or refused with one sentence, in bounded time and memory;
/// anything else is named with the number that makes it again: <c>new Mutator(Seeds.All()).Mutate(number)</c>.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Mutations = 20_000;
    private const long AllocatedAtMost = 32 << 20;
    private const int WritesBack = 8;

    // Far above the measured worst case, a few milliseconds: the machine may be busy.
    private static readonly TimeSpan TimeAtMost = TimeSpan.FromSeconds(5);

    [Fact]
    public void Every_damaged_file_is_read_or_refused_in_a_sentence()
    {
        var seeds = Seeds.All();
        var mutator = new Mutator(seeds);
        var (read, refused) = (0, 0);
        var kinds = new HashSet<string>();
        var (slowest, largest) = (TimeSpan.Zero, 0L);

        for (var number = 0; number < Mutations; number++)
        {
            var (seed, file) = mutator.Mutate(number);
            var clock = Stopwatch.StartNew();
            var allocated = GC.GetAllocatedBytesForCurrentThread();

            try
            {
                var model = TfliteReader.Read(file);
                (slowest, largest) = Spent(seed, number, file, clock, allocated, slowest, largest);
                read++;

                if (number % WritesBack == 0)
                {
                    WritesBackTheSame(model);
                }
            }
            catch (CompilerException refusal)
            {
                (slowest, largest) = Spent(seed, number, file, clock, allocated, slowest, largest);
                refused++;
                kinds.Add(new string([.. refusal.Message.Where(char.IsLetter)]));
                Assert.False(refusal.Message.Contains('\n') || refusal.Message.Length > 400, $"mutation {number} of {seed.Name}: {refusal.Message}");
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"mutation {number} of {seed.Name}: {fault}");
            }
        }

        output.WriteLine($"{seeds.Count} seeds, {Mutations} mutations: {read} read, {refused} refused in {kinds.Count} wordings");
        output.WriteLine($"slowest {slowest.TotalMilliseconds:f1} ms, most memory {largest / 1024} KiB");
        Assert.True(read > Mutations / 20 && refused > Mutations / 4, $"the mutations do not reach far: {read} read, {refused} refused");
    }

    private static (TimeSpan Slowest, long Largest) Spent(
        Seed seed, int number, byte[] file, Stopwatch clock, long allocatedBefore, TimeSpan slowest, long largest)
    {
        var (time, memory) = (clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - allocatedBefore);
        Assert.True(time < TimeAtMost, $"mutation {number} of {seed.Name}: {file.Length} bytes took {time}");
        Assert.True(memory < AllocatedAtMost, $"mutation {number} of {seed.Name}: {file.Length} bytes took {memory} bytes of memory");
        return (time > slowest ? time : slowest, Math.Max(memory, largest));
    }

    private static void WritesBackTheSame(TfliteModel model)
    {
        if (!model.Subgraphs.Any(subgraph => subgraph.Tensors.Any(tensor => tensor.HasSparsity)))
        {
            Assert.Equal(ModelText.Of(model), ModelText.Of(TfliteReader.Read(TfliteWriter.Write(model))));
        }
    }
}
