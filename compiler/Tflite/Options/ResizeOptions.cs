// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>RESIZE_BILINEAR; fields 0 and 1 held the size in files older than any we read.</summary>
internal sealed record ResizeBilinearOptions(bool AlignCorners, bool HalfPixelCenters) : OperatorOptions
{
    public override byte Kind => 15;

    public static ResizeBilinearOptions From(FlatTable t) => new(t.Bool(2), t.Bool(3));

    public override void Write(FlatTableBuilder t)
    {
        t.Bool(2, AlignCorners);
        t.Bool(3, HalfPixelCenters);
    }
}

/// <summary>RESIZE_NEAREST_NEIGHBOR.</summary>
internal sealed record ResizeNearestNeighborOptions(bool AlignCorners, bool HalfPixelCenters) : OperatorOptions
{
    public override byte Kind => 74;

    public static ResizeNearestNeighborOptions From(FlatTable t) => new(t.Bool(0), t.Bool(1));

    public override void Write(FlatTableBuilder t)
    {
        t.Bool(0, AlignCorners);
        t.Bool(1, HalfPixelCenters);
    }
}
