// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>MEAN, SUM, REDUCE_MAX, REDUCE_MIN, REDUCE_PROD, REDUCE_ANY and REDUCE_ALL; the axes are the second input.</summary>
internal sealed record ReducerOptions(bool KeepDims) : OperatorOptions
{
    public override byte Kind => 27;

    public static ReducerOptions From(FlatTable t) => new(t.Bool(0));

    public override void Write(FlatTableBuilder t) => t.Bool(0, KeepDims);
}

/// <summary>ARG_MAX.</summary>
internal sealed record ArgMaxOptions(TensorType OutputType) : OperatorOptions
{
    public override byte Kind => 40;

    public static ArgMaxOptions From(FlatTable t) => new(t.Type(0));

    public override void Write(FlatTableBuilder t) => t.Byte(0, (byte)OutputType);
}

/// <summary>ARG_MIN.</summary>
internal sealed record ArgMinOptions(TensorType OutputType) : OperatorOptions
{
    public override byte Kind => 57;

    public static ArgMinOptions From(FlatTable t) => new(t.Type(0));

    public override void Write(FlatTableBuilder t) => t.Byte(0, (byte)OutputType);
}

/// <summary>CUMSUM; Exclusive leaves the element itself out of its sum.</summary>
internal sealed record CumsumOptions(bool Exclusive, bool Reverse) : OperatorOptions
{
    public override byte Kind => 102;

    public static CumsumOptions From(FlatTable t) => new(t.Bool(0), t.Bool(1));

    public override void Write(FlatTableBuilder t)
    {
        t.Bool(0, Exclusive);
        t.Bool(1, Reverse);
    }
}
