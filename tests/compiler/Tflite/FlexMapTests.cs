// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using TinyInfer.Compiler.Tests.OpCases;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Tflite;

/// <summary>Options of custom operators: numbers come out as they were written, and no bytes do harm.</summary>
public sealed class FlexMapTests
{
    private const int Damaged = 20_000;

    private static readonly ImmutableSortedDictionary<string, double> Options =
        new Dictionary<string, double> { ["end_index"] = 70000, ["scale"] = 0.25, ["start_index"] = -3, ["use_it"] = 1 }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    [Fact]
    public void Numbers_come_out_as_they_were_written()
    {
        var map = FlexMap.Read(FlexMapWriter.Write(Options), "a test");

        Assert.Equal((70000, 0.25f, -3, true), (map.Int("end_index"), map.Float("scale"), map.Int("start_index"), map.Bool("use_it", false)));
    }

    [Fact]
    public void Damaged_options_are_read_or_refused_in_a_sentence()
    {
        var random = new Random(7);
        var whole = FlexMapWriter.Write(Options);
        var refused = 0;

        for (var i = 0; i < Damaged; i++)
        {
            var bytes = whole[..^random.Next(random.Next(2) == 0 ? 1 : whole.Length)];
            for (var n = random.Next(4); n >= 0 && bytes.Length > 0; n--)
            {
                bytes[random.Next(bytes.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : 1 << random.Next(8));
            }

            try
            {
                var map = FlexMap.Read(bytes, "a test");
                _ = (map.Int("end_index", 0), map.Bool("use_it", false));
            }
            catch (TfliteException refusal)
            {
                refused++;
                Assert.StartsWith("a test: ", refusal.Message);
            }
        }

        Assert.InRange(refused, Damaged / 10, Damaged - (Damaged / 10));
    }
}
