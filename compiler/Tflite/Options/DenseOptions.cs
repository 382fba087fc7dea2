// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>FULLY_CONNECTED; KeepNumDims gives the output all leading dimensions of the input instead of one batch dimension.</summary>
internal sealed record FullyConnectedOptions(
    ActivationFunction Activation,
    FullyConnectedWeights WeightsFormat = FullyConnectedWeights.DEFAULT,
    bool KeepNumDims = false,
    bool AsymmetricQuantizeInputs = false,
    TensorType QuantizedBiasType = TensorType.FLOAT32) : OperatorOptions
{
    public override byte Kind => 8;

    public static FullyConnectedOptions From(FlatTable t) => new(
        t.Activation(0),
        (FullyConnectedWeights)t.Enum(1, (byte)FullyConnectedWeights.SHUFFLED4x16INT8, "weights format"),
        t.Bool(2),
        t.Bool(3),
        t.Type(4));

    public override void Write(FlatTableBuilder t)
    {
        t.Byte(0, (byte)Activation);
        t.Byte(1, (byte)WeightsFormat);
        t.Bool(2, KeepNumDims);
        t.Bool(3, AsymmetricQuantizeInputs);
        t.Byte(4, (byte)QuantizedBiasType);
    }
}

/// <summary>Order of the weights in the file; only DEFAULT, [output, input], is common.</summary>
internal enum FullyConnectedWeights : byte
{
    DEFAULT = 0,
    SHUFFLED4x16INT8 = 1,
}

/// <summary>BATCH_MATMUL; AdjointX and AdjointY transpose the last two dimensions of an operand.</summary>
internal sealed record BatchMatMulOptions(bool AdjointX, bool AdjointY, bool AsymmetricQuantizeInputs = false) : OperatorOptions
{
    public override byte Kind => 101;

    public static BatchMatMulOptions From(FlatTable t) => new(t.Bool(0), t.Bool(1), t.Bool(2));

    public override void Write(FlatTableBuilder t)
    {
        t.Bool(0, AdjointX);
        t.Bool(1, AdjointY);
        t.Bool(2, AsymmetricQuantizeInputs);
    }
}

/// <summary>SOFTMAX: exp(Beta * x) / sum of exp(Beta * x).</summary>
internal sealed record SoftmaxOptions(float Beta) : OperatorOptions
{
    public override byte Kind => 9;

    public static SoftmaxOptions From(FlatTable t) => new(t.Float(0));

    public override void Write(FlatTableBuilder t) => t.Float(0, Beta);
}

/// <summary>L2_NORMALIZATION.</summary>
internal sealed record L2NormOptions(ActivationFunction Activation) : OperatorOptions
{
    public override byte Kind => 12;

    public static L2NormOptions From(FlatTable t) => new(t.Activation(0));

    public override void Write(FlatTableBuilder t) => t.Byte(0, (byte)Activation);
}
