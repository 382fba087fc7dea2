// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ir;

/// <summary>
/// real = Scales[c] * (stored - ZeroPoints[c]), c being the index along <paramref name="Axis"/>; one entry is per-tensor.
/// </summary>
internal sealed record Quantization(IReadOnlyList<float> Scales, IReadOnlyList<int> ZeroPoints, int Axis = 0)
{
    public Quantization(float scale, int zeroPoint)
        : this([scale], [zeroPoint])
    {
    }

    public bool IsPerTensor => Scales.Count == 1;

    /// <summary>The scale of a per-tensor quantization.</summary>
    public float Scale => IsPerTensor ? Scales[0] : throw new InvalidOperationException("the quantization is per channel");

    /// <summary>The zero point of a per-tensor quantization.</summary>
    public int ZeroPoint => IsPerTensor ? ZeroPoints[0] : throw new InvalidOperationException("the quantization is per channel");

    public float ScaleOf(int channel) => IsPerTensor ? Scales[0] : Scales[channel];

    /// <summary>True when both map stored values to the same real numbers.</summary>
    public bool SameAs(Quantization? other) =>
        other is not null && Scales.SequenceEqual(other.Scales) && ZeroPoints.SequenceEqual(other.ZeroPoints);
}
