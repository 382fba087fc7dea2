// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Passes.Channels;

/// <summary>All the stored values an element can have, both ends included.</summary>
internal readonly record struct Interval(int Low, int High)
{
    public static Interval Int8 { get; } = new(sbyte.MinValue, sbyte.MaxValue);

    public bool IsConstant => Low == High;

    public static Interval Of(int constant) => new(constant, constant);

    public Interval Or(Interval other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    public Interval Or(int constant) => Or(Of(constant));

    public Interval Clamped(int min, int max) => new(Math.Clamp(Low, min, max), Math.Clamp(High, min, max));

    /// <summary>The image under a function that never decreases, or never increases.</summary>
    public Interval Map(Func<int, int> monotonic) => Of(monotonic(Low)).Or(monotonic(High));
}
