// SPDX-License-Identifier: MIT
using TinyInfer.Samples.Keywords;
using TinyInfer.Samples.Net;
using Xunit;

namespace TinyInfer.Managed.Tests.Samples;

/// <summary>The sample Keywords with recorded sound and recorded features.</summary>
public sealed class KeywordsTests
{
    private static readonly byte[] Words = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "words.pcm"));

    [Fact]
    public void Each_word_of_a_recording_is_shown_once_and_another_word_is_not()
    {
        var display = new RecordingDisplay();
        using var app = new KeywordsApp(new RecordedMicrophone(Words), display);

        while (app.Step())
        {
        }

        Assert.Equal(["up", "left", "go", "stop"], display.Shown); // and "kitchen" after "up"
        Assert.Equal(1 + ((((Words.Length / 2) - 480) / FrontEnd.Step + 1 - 49) / 8), app.Inferences);
    }

    [Fact]
    public void Silence_shows_nothing()
    {
        var display = new RecordingDisplay();
        using var app = new KeywordsApp(new RecordedMicrophone(new byte[160_000]), display);

        while (app.Step())
        {
        }

        Assert.Empty(display.Shown);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("unknown")]
    [InlineData("up")]
    [InlineData("down")]
    [InlineData("left")]
    [InlineData("right")]
    [InlineData("on")]
    [InlineData("off")]
    [InlineData("go")]
    [InlineData("stop")]
    public void Recorded_features_are_the_word_they_were_recorded_as(string word)
    {
        var labels = Recordings.Labels("keywords");
        foreach (var number in Enumerable.Range(0, labels.Length).Where(number => labels[number] == word))
        {
            Assert.All(Shown(number), label => Assert.Equal(word, label));
            Assert.Equal(word is "silence" or "unknown" ? 0 : 1, Shown(number).Distinct().Count());
        }
    }

    [Fact]
    public void Inferences_and_features_make_no_garbage()
    {
        using var app = new KeywordsApp(new RecordedMicrophone(new byte[320_000]), new RecordingDisplay());
        for (var i = 0; i < 100; i++)
        {
            app.Step();
        }

        var before = (app.Inferences, Bytes: GC.GetAllocatedBytesForCurrentThread());
        for (var i = 0; i < 160; i++)
        {
            app.Step();
        }

        Assert.Equal(before.Bytes, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(before.Inferences + 20, app.Inferences);
    }

    // The same second over and over: the window has all of its rows, beginning at another one each time.
    private static List<string> Shown(int number)
    {
        const int Rows = 49;
        var display = new RecordingDisplay();
        using var app = new KeywordsApp(new RecordedMicrophone([]), display);
        var features = Recordings.Cases("keywords", 1, number);
        var row = new sbyte[FrontEnd.Channels];
        for (var i = 0; i < 3 * Rows; i++)
        {
            Array.Copy(features, i % Rows * FrontEnd.Channels, row, 0, row.Length);
            app.Hear(row);
        }

        return display.Shown;
    }
}
