// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>ADD. PotScaleInt16 speaks of int16 scales that are powers of two.</summary>
internal sealed record AddOptions(ActivationFunction Activation, bool PotScaleInt16 = true) : OperatorOptions
{
    public override byte Kind => 11;

    public static AddOptions From(FlatTable t) => new(t.Activation(0), t.Bool(1, otherwise: true));

    public override void Write(FlatTableBuilder t)
    {
        t.Byte(0, (byte)Activation);
        t.Bool(1, PotScaleInt16, otherwise: true);
    }
}

/// <summary>SUB. PotScaleInt16 speaks of int16 scales that are powers of two.</summary>
internal sealed record SubOptions(ActivationFunction Activation, bool PotScaleInt16 = true) : OperatorOptions
{
    public override byte Kind => 28;

    public static SubOptions From(FlatTable t) => new(t.Activation(0), t.Bool(1, otherwise: true));

    public override void Write(FlatTableBuilder t)
    {
        t.Byte(0, (byte)Activation);
        t.Bool(1, PotScaleInt16, otherwise: true);
    }
}

/// <summary>MUL.</summary>
internal sealed record MulOptions(ActivationFunction Activation) : OperatorOptions
{
    public override byte Kind => 21;

    public static MulOptions From(FlatTable t) => new(t.Activation(0));

    public override void Write(FlatTableBuilder t) => t.Byte(0, (byte)Activation);
}

/// <summary>DIV.</summary>
internal sealed record DivOptions(ActivationFunction Activation) : OperatorOptions
{
    public override byte Kind => 29;

    public static DivOptions From(FlatTable t) => new(t.Activation(0));

    public override void Write(FlatTableBuilder t) => t.Byte(0, (byte)Activation);
}

/// <summary>LEAKY_RELU: Alpha is the slope below zero.</summary>
internal sealed record LeakyReluOptions(float Alpha) : OperatorOptions
{
    public override byte Kind => 75;

    public static LeakyReluOptions From(FlatTable t) => new(t.Float(0));

    public override void Write(FlatTableBuilder t) => t.Float(0, Alpha);
}

/// <summary>GELU; Approximate asks for the tanh form.</summary>
internal sealed record GeluOptions(bool Approximate) : OperatorOptions
{
    public override byte Kind => 116;

    public static GeluOptions From(FlatTable t) => new(t.Bool(0));

    public override void Write(FlatTableBuilder t) => t.Bool(0, Approximate);
}

/// <summary>CAST. Old files leave both types FLOAT32; the tensors' own types decide.</summary>
internal sealed record CastOptions(TensorType InputType, TensorType OutputType) : OperatorOptions
{
    public override byte Kind => 37;

    public static CastOptions From(FlatTable t) => new(t.Type(0), t.Type(1));

    public override void Write(FlatTableBuilder t)
    {
        t.Byte(0, (byte)InputType);
        t.Byte(1, (byte)OutputType);
    }
}
