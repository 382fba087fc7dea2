// SPDX-License-Identifier: MIT
using TinyInfer.Samples;

namespace TinyInfer.Managed.Tests.Samples;

/// <summary>Keeps what a sample shows.</summary>
internal sealed class RecordingDisplay : IDisplay
{
    public List<string> Shown { get; } = [];

    public List<string> Notes { get; } = [];

    public void Show(string label, int percent)
    {
        Xunit.Assert.InRange(percent, 1, 100);
        Shown.Add(label);
    }

    public void Note(string text) => Notes.Add(text);
}
