// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using TinyInfer.Compiler.Tests.OpCases;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Tflite;

/// <summary>Options of custom operators: what is damaged is read as other options or refused in a sentence, never anything else.</summary>
public sealed class CustomOptionTests
{
    private const string Place = "operator 3 LceBconv2d";
    private const string Line = "LceBconv2d channels_in=32 dilation_height_factor=1 dilation_width_factor=1 fused_activation_function=0 pad_values=1 padding=0 stride_height=1 stride_width=1"
        + " | int32[1,3,3,1] -2147483648..2147483647 | const int32[2,3,3,1] -2147483648..2147483647 | none | none | const int32[2] 100..200 -> int32[1,3,3,1]";

    private static readonly byte[] Options = FlexMapWriter.Write(CaseText.Parse(Line).CustomOptions);

    // {"padding": "SAME"}, as flexbuffers writes it.
    private static readonly byte[] Text = [.. "padding\0"u8, 4, .. "SAME\0"u8, 1, 15, 1, 1, 1, 10, 20, 2, 36, 1];

    // {"padding": 1} in numbers of one byte, as flexbuffers writes it.
    private static readonly byte[] Narrow = [.. "padding\0"u8, 1, 9, 1, 1, 1, 1, 4, 2, 36, 1];

    [Fact]
    public void Numbers_of_any_width_are_read()
    {
        Assert.Equal(32, FlexMap.Read(Options, Place).Int("channels_in"));
        Assert.Equal(1, FlexMap.Read(Narrow, Place).Int("padding"));
    }

    [Fact]
    public void What_is_missing_or_of_another_type_is_named()
    {
        Assert.Equal($"{Place}: option \"width\" is missing", Refusal(() => FlexMap.Read(Options, Place).Int("width")));
        Assert.Equal($"{Place}: option \"padding\" is not a number", Refusal(() => FlexMap.Read(Text, Place).Int("padding")));
        Assert.Equal(
            $"{Place}: option \"padding\" is 0.5, not an int32",
            Refusal(() => FlexMap.Read(FlexMapWriter.Write(ImmutableSortedDictionary<string, double>.Empty.Add("padding", 0.5)), Place).Int("padding")));
        Assert.Equal($"{Place}: its options are not a FlexBuffers map", Refusal(() => FlexMap.Read(default, Place)));
    }

    [Fact]
    public void Truncated_options_are_refused_in_a_sentence() =>
        Assert.All(Enumerable.Range(0, Options.Length), length =>
        {
            Tried(() => FlexMap.Read(Options.AsMemory(0, length), Place));
            Tried(() => FlexMap.Read(Options.AsMemory(length), Place).Int("channels_in"));
        });

    [Fact]
    public void Every_damaged_byte_is_read_or_refused_in_a_sentence()
    {
        foreach (var original in new[] { Options, Text, Narrow })
        {
            for (var at = 0; at < original.Length; at++)
            {
                for (var value = 0; value < 256; value++)
                {
                    var bytes = original.ToArray();
                    bytes[at] = (byte)value;
                    Tried(() => FlexMap.Read(bytes, Place).Int("padding"));
                }
            }
        }
    }

    [Fact]
    public void A_model_with_damaged_options_compiles_or_is_refused_in_a_sentence()
    {
        var file = CaseText.Parse(Line).Model();
        var start = file.AsSpan().IndexOf(Options);
        Assert.True(start > 0);

        for (var at = start; at < start + Options.Length; at++)
        {
            foreach (var value in new byte[] { 0x00, 0x01, 0x7F, 0x80, 0xFF })
            {
                var bytes = file.ToArray();
                bytes[at] = value;
                Tried(() => Compiler.Compile(bytes, "damaged"));
            }
        }
    }

    private static string Refusal(Action action) => Assert.Throws<TfliteException>(action).Message;

    // A refusal is one line that names the place.
    private static void Tried(Action action)
    {
        try
        {
            action();
        }
        catch (CompilerException refusal)
        {
            Assert.DoesNotContain('\n', refusal.Message);
            Assert.Contains("operator", refusal.Message);
        }
    }
}
