// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Xunit;

namespace TinyInfer.Compiler.Tests.Fuzz;

/// <summary>
/// Gives damaged files, the same ones on every run, to one part of the compiler. Each must be taken or refused with one
/// sentence, in bounded time and memory; anything else is named with the number that makes the file again:
/// <c>new Mutator(seeds).Mutate(number)</c>.
/// </summary>
internal sealed class FuzzRun(Action<byte[], int> target)
{
    private const int LongestSentence = 400;

    // Far above the measured worst case, some milliseconds: the machine may be busy.
    private static readonly TimeSpan TimeAtMost = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _wordings = [];
    private TimeSpan _slowest;
    private long _largest;

    public int Taken { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Gets or sets what one file may make the target allocate.</summary>
    public long AllocatedAtMost { get; init; } = 32 << 20;

    public FuzzRun Over(IReadOnlyList<Seed> seeds, int mutations)
    {
        var mutator = new Mutator(seeds);

        for (var number = 0; number < mutations; number++)
        {
            var (seed, file) = mutator.Mutate(number);
            Try(file, number, $"mutation {number} of {seed.Name}");
        }

        return this;
    }

    public override string ToString() =>
        $"{Taken} taken, {Refused} refused in {_wordings.Count} wordings; slowest {_slowest.TotalMilliseconds:f1} ms, most memory {_largest / 1024} KiB";

    private void Try(byte[] file, int number, string name)
    {
        var clock = Stopwatch.StartNew();
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        try
        {
            target(file, number);
            Taken++;
        }
        catch (CompilerException refusal)
        {
            Refused++;
            _wordings.Add(new string([.. refusal.Message.Where(char.IsLetter)]));
            Assert.False(refusal.Message.Any(char.IsControl) || refusal.Message.Length > LongestSentence, $"{name}: {refusal.Message}");
        }
        catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{name}: {fault}");
        }

        var (time, memory) = (clock.Elapsed, GC.GetAllocatedBytesForCurrentThread() - allocated);
        Assert.True(time < TimeAtMost, $"{name}: {file.Length} bytes took {time}");
        Assert.True(memory < AllocatedAtMost, $"{name}: {file.Length} bytes took {memory} bytes of memory");
        _slowest = time > _slowest ? time : _slowest;
        _largest = Math.Max(memory, _largest);
    }
}
