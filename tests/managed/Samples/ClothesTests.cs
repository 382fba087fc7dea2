// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tests;
using TinyInfer.Samples;
using TinyInfer.Samples.Clothes;
using TinyInfer.Samples.Net;
using Xunit;

namespace TinyInfer.Managed.Tests.Samples;

/// <summary>The sample Clothes with a recorded finger and recorded pictures.</summary>
public sealed class ClothesTests
{
    private const int StepsPerSecond = 50;

    [Fact]
    public void A_drawing_is_named_once_a_second_after_the_finger_has_gone()
    {
        var display = new RecordingDisplay();
        using var app = new ClothesApp(RecordedTouch.Trousers, new SimulatedPower(), display);
        const int LastTouch = 18; // 16 points, and twice no finger between them
        for (var i = 0; i < LastTouch + StepsPerSecond - 1; i++)
        {
            app.Step();
        }

        Assert.Empty(display.Shown);
        app.Step();
        Assert.Equal(["trousers"], display.Shown);
        for (var i = 0; i < 3 * StepsPerSecond; i++)
        {
            app.Step();
        }

        Assert.Equal(["trousers"], display.Shown);
    }

    [Fact]
    public void An_untouched_screen_shows_nothing()
    {
        var display = new RecordingDisplay();
        using var app = new ClothesApp(new RecordedTouch(), new SimulatedPower(), display);
        for (var i = 0; i < 3 * StepsPerSecond; i++)
        {
            app.Step();
        }

        Assert.Empty(display.Shown);
    }

    [Fact]
    public void Recorded_pictures_are_what_the_reference_says_and_18_of_20_are_right()
    {
        var labels = Recordings.Labels("clothes");
        var display = new RecordingDisplay();
        using var app = new ClothesApp(new RecordedTouch(), new SimulatedPower(), display);
        for (var i = 0; i < labels.Length; i++)
        {
            app.See(Recordings.Picture(i));
            var reference = (sbyte[])(Array)File.ReadAllBytes(Path.Combine(Checkout.Root, "models/clothes/cases", $"out{i}.bin"));
            Assert.Equal(ClothesModel.Labels[Array.IndexOf(reference, reference.Max())], display.Shown[i]);
        }

        Assert.Equal(18, labels.Where((label, i) => label == display.Shown[i]).Count());
    }

    [Fact]
    public void Drawing_and_inferences_make_no_garbage()
    {
        var display = new NoDisplay();
        var picture = Recordings.Picture(0);
        var power = new SimulatedPower();
        using var warm = new ClothesApp(RecordedTouch.Trousers, power, display);
        using var app = new ClothesApp(RecordedTouch.Trousers, power, display);
        Use(warm, picture);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Use(app, picture);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Lines_are_three_pixels_wide_and_end_at_the_edge_of_the_picture()
    {
        var drawing = new Drawing();
        drawing.MoveTo(0, 160); // row 14
        drawing.MoveTo(239, 160);
        Assert.Equal(Enumerable.Range(13 * Drawing.Size, 3 * Drawing.Size), Inked(drawing));

        drawing.Clear();
        Assert.True(drawing.IsEmpty);
        drawing.MoveTo(120, 0); // above the picture
        Assert.Empty(Inked(drawing));

        drawing.Clear();
        drawing.MoveTo(0, 40); // its corner
        drawing.Lift();
        drawing.MoveTo(239, 279);
        Assert.Equal([0, 1, Drawing.Size, Drawing.Size + 1, (27 * Drawing.Size) - 2, (27 * Drawing.Size) - 1, (28 * Drawing.Size) - 2, (28 * Drawing.Size) - 1], Inked(drawing));
    }

    private static void Use(ClothesApp app, byte[] picture)
    {
        for (var i = 0; i < 3 * StepsPerSecond; i++)
        {
            app.Step();
        }

        app.See(picture);
    }

    private static IEnumerable<int> Inked(Drawing drawing) => Enumerable.Range(0, drawing.Pixels.Length).Where(i => drawing.Pixels[i] > 0);

    private sealed class NoDisplay : IDisplay
    {
        public void Show(string label, int percent)
        {
        }

        public void Note(string text)
        {
        }
    }
}
