// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>RESHAPE; the second input, when present, comes before NewShape.</summary>
internal sealed record ReshapeOptions(IReadOnlyList<int> NewShape) : OperatorOptions
{
    public override byte Kind => 17;

    public static ReshapeOptions From(FlatTable t) => new(t.Ints(0));

    public override void Write(FlatTableBuilder t) => t.Ints(0, NewShape);
}

/// <summary>SQUEEZE; no axes means every dimension of 1.</summary>
internal sealed record SqueezeOptions(IReadOnlyList<int> Axes) : OperatorOptions
{
    public override byte Kind => 30;

    public static SqueezeOptions From(FlatTable t) => new(t.Ints(0));

    public override void Write(FlatTableBuilder t) => t.Ints(0, Axes);
}

/// <summary>SHAPE.</summary>
internal sealed record ShapeOptions(TensorType OutputType) : OperatorOptions
{
    public override byte Kind => 55;

    public static ShapeOptions From(FlatTable t) => new(t.Type(0));

    public override void Write(FlatTableBuilder t) => t.Byte(0, (byte)OutputType);
}

/// <summary>SPACE_TO_DEPTH.</summary>
internal sealed record SpaceToDepthOptions(int BlockSize) : OperatorOptions
{
    public override byte Kind => 19;

    public static SpaceToDepthOptions From(FlatTable t) => new(t.Int(0));

    public override void Write(FlatTableBuilder t) => t.Int(0, BlockSize);
}

/// <summary>DEPTH_TO_SPACE.</summary>
internal sealed record DepthToSpaceOptions(int BlockSize) : OperatorOptions
{
    public override byte Kind => 94;

    public static DepthToSpaceOptions From(FlatTable t) => new(t.Int(0));

    public override void Write(FlatTableBuilder t) => t.Int(0, BlockSize);
}

/// <summary>MIRROR_PAD.</summary>
internal sealed record MirrorPadOptions(MirrorPadMode Mode) : OperatorOptions
{
    public override byte Kind => 77;

    public static MirrorPadOptions From(FlatTable t) => new(
        (MirrorPadMode)t.Enum(0, (byte)MirrorPadMode.SYMMETRIC, "mirror pad mode"));

    public override void Write(FlatTableBuilder t) => t.Byte(0, (byte)Mode);
}

/// <summary>SYMMETRIC repeats the border element, REFLECT does not.</summary>
internal enum MirrorPadMode : byte
{
    REFLECT = 0,
    SYMMETRIC = 1,
}
