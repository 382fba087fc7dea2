// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>CONV_2D.</summary>
internal sealed record Conv2DOptions(
    Padding Padding,
    int StrideW,
    int StrideH,
    int DilationW,
    int DilationH,
    ActivationFunction Activation,
    TensorType QuantizedBiasType = TensorType.FLOAT32) : OperatorOptions
{
    public override byte Kind => 1;

    public static Conv2DOptions From(FlatTable t) => new(
        t.Padding(0),
        t.Int(1),
        t.Int(2),
        t.Int(4, otherwise: 1),
        t.Int(5, otherwise: 1),
        t.Activation(3),
        t.Type(6));

    public override void Write(FlatTableBuilder t)
    {
        t.Byte(0, (byte)Padding);
        t.Int(1, StrideW);
        t.Int(2, StrideH);
        t.Byte(3, (byte)Activation);
        t.Int(4, DilationW, otherwise: 1);
        t.Int(5, DilationH, otherwise: 1);
        t.Byte(6, (byte)QuantizedBiasType);
    }
}

/// <summary>DEPTHWISE_CONV_2D: output channel o reads input channel o / DepthMultiplier.</summary>
internal sealed record DepthwiseConv2DOptions(
    Padding Padding,
    int StrideW,
    int StrideH,
    int DilationW,
    int DilationH,
    int DepthMultiplier,
    ActivationFunction Activation) : OperatorOptions
{
    public override byte Kind => 2;

    public static DepthwiseConv2DOptions From(FlatTable t) => new(
        t.Padding(0),
        t.Int(1),
        t.Int(2),
        t.Int(5, otherwise: 1),
        t.Int(6, otherwise: 1),
        t.Int(3),
        t.Activation(4));

    public override void Write(FlatTableBuilder t)
    {
        t.Byte(0, (byte)Padding);
        t.Int(1, StrideW);
        t.Int(2, StrideH);
        t.Int(3, DepthMultiplier);
        t.Byte(4, (byte)Activation);
        t.Int(5, DilationW, otherwise: 1);
        t.Int(6, DilationH, otherwise: 1);
    }
}

/// <summary>TRANSPOSE_CONV.</summary>
internal sealed record TransposeConvOptions(
    Padding Padding,
    int StrideW,
    int StrideH,
    ActivationFunction Activation,
    TensorType QuantizedBiasType = TensorType.FLOAT32) : OperatorOptions
{
    public override byte Kind => 49;

    public static TransposeConvOptions From(FlatTable t) => new(t.Padding(0), t.Int(1), t.Int(2), t.Activation(3), t.Type(4));

    public override void Write(FlatTableBuilder t)
    {
        t.Byte(0, (byte)Padding);
        t.Int(1, StrideW);
        t.Int(2, StrideH);
        t.Byte(3, (byte)Activation);
        t.Byte(4, (byte)QuantizedBiasType);
    }
}

/// <summary>AVERAGE_POOL_2D, MAX_POOL_2D and L2_POOL_2D.</summary>
internal sealed record Pool2DOptions(
    Padding Padding,
    int StrideW,
    int StrideH,
    int FilterWidth,
    int FilterHeight,
    ActivationFunction Activation) : OperatorOptions
{
    public override byte Kind => 5;

    public static Pool2DOptions From(FlatTable t) => new(t.Padding(0), t.Int(1), t.Int(2), t.Int(3), t.Int(4), t.Activation(5));

    public override void Write(FlatTableBuilder t)
    {
        t.Byte(0, (byte)Padding);
        t.Int(1, StrideW);
        t.Int(2, StrideH);
        t.Int(3, FilterWidth);
        t.Int(4, FilterHeight);
        t.Byte(5, (byte)Activation);
    }
}
