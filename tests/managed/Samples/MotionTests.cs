// SPDX-License-Identifier: MIT
using TinyInfer.Samples.Motion;
using TinyInfer.Samples.Net;
using Xunit;

namespace TinyInfer.Managed.Tests.Samples;

/// <summary>The sample Motion with a recorded sensor and a simulated clock.</summary>
public sealed class MotionTests
{
    private const int InferenceMilliseconds = 640;
    private const int WindowMilliseconds = 2560;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    public void A_recorded_movement_is_what_it_was_recorded_as(int number)
    {
        var label = Recordings.Labels("motion")[number];
        var power = new SimulatedPower();
        var display = new RecordingDisplay();
        using var app = new MotionApp(new RecordedAccelerometer(Recordings.Cases("motion", 1, number), power), power, display);

        Watch(app, WindowMilliseconds);
        Assert.Equal(1, app.Inferences);
        Watch(app, 2 * WindowMilliseconds);

        Assert.Equal(1 + (2 * WindowMilliseconds / InferenceMilliseconds), app.Inferences);
        Assert.Equal(label, display.Shown[^1]);
    }

    [Fact]
    public void Movements_one_after_the_other_are_shown_in_their_order()
    {
        var power = new SimulatedPower();
        var display = new RecordingDisplay();
        using var app = new MotionApp(new RecordedAccelerometer(Recordings.Cases("motion", 3, 2, 4, 6, 8), power), power, display);

        Watch(app, 12 * WindowMilliseconds);

        Assert.Equal(["walk", "run", "shake", "circle"], display.Shown.Where(label => label is not ("idle" or "turn")));
        Assert.Equal(0, power.Standbys);
    }

    [Fact]
    public void A_device_at_rest_sleeps_looks_once_and_sleeps_on()
    {
        const int Standbys = 5;
        const int UntilSure = 2; // half of the smoothed score is from the last inference, half of it is not 60 %
        const int Quiet = 8;
        var power = new SimulatedPower();
        var display = new RecordingDisplay();
        var sensor = new RecordedAccelerometer(Recordings.Cases("motion", 1, 1), power);
        var started = power.Now;

        for (var start = 0; start < Standbys; start++)
        {
            using var app = new MotionApp(sensor, power, display);
            app.Run();
            Assert.Equal(start + 1, power.Standbys);
            Assert.Equal(start == 0 ? UntilSure - 1 + Quiet : 1, app.Inferences);
            Assert.Equal(power.Asleep, app.Duty.Asleep);
            Assert.Equal(power.Now - started - power.Asleep, app.Duty.Awake(power.Now));
        }

        Assert.Equal(["idle"], display.Shown);
        Assert.Equal(Standbys, display.Notes.Count);
    }

    [Fact]
    public void A_movement_after_standby_is_seen_and_keeps_the_device_awake()
    {
        var power = new SimulatedPower();
        var display = new RecordingDisplay();
        using (var still = new MotionApp(new RecordedAccelerometer(Recordings.Cases("motion", 1, 0), power), power, display))
        {
            still.Run();
        }

        using var app = new MotionApp(new RecordedAccelerometer(Recordings.Cases("motion", 1, 6), power), power, display);
        Watch(app, 4 * WindowMilliseconds);

        Assert.Equal(["idle", "shake"], display.Shown);
        Assert.Equal(1, power.Standbys);
    }

    [Fact]
    public void Inferences_make_no_garbage()
    {
        var power = new SimulatedPower();
        using var app = new MotionApp(new RecordedAccelerometer(Recordings.Cases("motion", 1, 4), power), power, new RecordingDisplay());
        Watch(app, 4 * WindowMilliseconds);
        var before = (app.Inferences, Bytes: GC.GetAllocatedBytesForCurrentThread());

        Watch(app, 20 * WindowMilliseconds);

        Assert.Equal(before.Bytes, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(before.Inferences + (20 * WindowMilliseconds / InferenceMilliseconds), app.Inferences);
    }

    private static void Watch(MotionApp app, int milliseconds)
    {
        const int Look = 320;
        for (var time = 0; time < milliseconds; time += Look)
        {
            if (!app.Step())
            {
                return;
            }
        }
    }
}
