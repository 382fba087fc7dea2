// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer;

/// <summary>Where a sliding window reads a plane, by TensorFlow's rule for SAME and VALID.</summary>
internal readonly record struct Window(int KernelHeight, int KernelWidth, int StrideHeight, int StrideWidth, bool Same)
{
    public int OutputHeight(int height) => Output(height, KernelHeight, StrideHeight);

    public int OutputWidth(int width) => Output(width, KernelWidth, StrideWidth);

    /// <summary>Rows of padding above the plane; when the total is odd, the extra row is below.</summary>
    public int PadTop(int height) => Pad(height, KernelHeight, StrideHeight);

    public int PadLeft(int width) => Pad(width, KernelWidth, StrideWidth);

    private int Output(int size, int kernel, int stride) => Same ? (size + stride - 1) / stride : ((size - kernel) / stride) + 1;

    private int Pad(int size, int kernel, int stride) =>
        Same ? Math.Max(((Output(size, kernel, stride) - 1) * stride) + kernel - size, 0) / 2 : 0;
}

/// <summary>What a layer does to its sum before it stores it.</summary>
internal enum Activation
{
    None,
    Relu,
}
