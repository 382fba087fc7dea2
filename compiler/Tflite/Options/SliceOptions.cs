// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>CONCATENATION; a negative axis counts from the last.</summary>
internal sealed record ConcatenationOptions(int Axis, ActivationFunction Activation = ActivationFunction.NONE) : OperatorOptions
{
    public override byte Kind => 10;

    public static ConcatenationOptions From(FlatTable t) => new(t.Int(0), t.Activation(1));

    public override void Write(FlatTableBuilder t)
    {
        t.Int(0, Axis);
        t.Byte(1, (byte)Activation);
    }
}

/// <summary>PACK; a negative axis counts from the last of the output.</summary>
internal sealed record PackOptions(int Count, int Axis) : OperatorOptions
{
    public override byte Kind => 59;

    public static PackOptions From(FlatTable t) => new(t.Int(0), t.Int(1));

    public override void Write(FlatTableBuilder t)
    {
        t.Int(0, Count);
        t.Int(1, Axis);
    }
}

/// <summary>UNPACK; a negative axis counts from the last of the input.</summary>
internal sealed record UnpackOptions(int Count, int Axis) : OperatorOptions
{
    public override byte Kind => 64;

    public static UnpackOptions From(FlatTable t) => new(t.Int(0), t.Int(1));

    public override void Write(FlatTableBuilder t)
    {
        t.Int(0, Count);
        t.Int(1, Axis);
    }
}

/// <summary>SPLIT; the axis is the first input.</summary>
internal sealed record SplitOptions(int Count) : OperatorOptions
{
    public override byte Kind => 35;

    public static SplitOptions From(FlatTable t) => new(t.Int(0));

    public override void Write(FlatTableBuilder t) => t.Int(0, Count);
}

/// <summary>SPLIT_V; the sizes are the second input and the axis the third.</summary>
internal sealed record SplitVOptions(int Count) : OperatorOptions
{
    public override byte Kind => 79;

    public static SplitVOptions From(FlatTable t) => new(t.Int(0));

    public override void Write(FlatTableBuilder t) => t.Int(0, Count);
}

/// <summary>STRIDED_SLICE; bit d of a mask speaks of dimension d. Offset makes the second operand a length instead of an end.</summary>
internal sealed record StridedSliceOptions(
    int BeginMask,
    int EndMask,
    int EllipsisMask,
    int NewAxisMask,
    int ShrinkAxisMask,
    bool Offset = false) : OperatorOptions
{
    public override byte Kind => 32;

    public static StridedSliceOptions From(FlatTable t) => new(t.Int(0), t.Int(1), t.Int(2), t.Int(3), t.Int(4), t.Bool(5));

    public override void Write(FlatTableBuilder t)
    {
        t.Int(0, BeginMask);
        t.Int(1, EndMask);
        t.Int(2, EllipsisMask);
        t.Int(3, NewAxisMask);
        t.Int(4, ShrinkAxisMask);
        t.Bool(5, Offset);
    }
}

/// <summary>GATHER.</summary>
internal sealed record GatherOptions(int Axis, int BatchDims = 0) : OperatorOptions
{
    public override byte Kind => 23;

    public static GatherOptions From(FlatTable t) => new(t.Int(0), t.Int(1));

    public override void Write(FlatTableBuilder t)
    {
        t.Int(0, Axis);
        t.Int(1, BatchDims);
    }
}

/// <summary>ONE_HOT; axis -1 appends the new dimension.</summary>
internal sealed record OneHotOptions(int Axis) : OperatorOptions
{
    public override byte Kind => 61;

    public static OneHotOptions From(FlatTable t) => new(t.Int(0));

    public override void Write(FlatTableBuilder t) => t.Int(0, Axis);
}
