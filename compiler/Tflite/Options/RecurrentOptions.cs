// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>SVDF.</summary>
internal sealed record SvdfOptions(
    int Rank,
    ActivationFunction Activation,
    bool AsymmetricQuantizeInputs = false) : OperatorOptions
{
    public override byte Kind => 6;

    public static SvdfOptions From(FlatTable t) => new(t.Int(0), t.Activation(1), t.Bool(2));

    public override void Write(FlatTableBuilder t)
    {
        t.Int(0, Rank);
        t.Byte(1, (byte)Activation);
        t.Bool(2, AsymmetricQuantizeInputs);
    }
}

/// <summary>LSTM. A clip of 0 means no clipping.</summary>
internal sealed record LstmOptions(
    ActivationFunction Activation,
    float CellClip,
    float ProjectionClip,
    LstmKernel Kernel = LstmKernel.FULL,
    bool AsymmetricQuantizeInputs = false) : OperatorOptions
{
    public override byte Kind => 14;

    public static LstmOptions From(FlatTable t) => new(
        t.Activation(0),
        t.Float(1),
        t.Float(2),
        (LstmKernel)t.Enum(3, (byte)LstmKernel.BASIC, "LSTM kernel"),
        t.Bool(4));

    public override void Write(FlatTableBuilder t)
    {
        t.Byte(0, (byte)Activation);
        t.Float(1, CellClip);
        t.Float(2, ProjectionClip);
        t.Byte(3, (byte)Kernel);
        t.Bool(4, AsymmetricQuantizeInputs);
    }
}

/// <summary>FULL takes separate weights for each gate, BASIC one concatenated matrix.</summary>
internal enum LstmKernel : byte
{
    FULL = 0,
    BASIC = 1,
}

/// <summary>UNIDIRECTIONAL_SEQUENCE_LSTM; the input is [time, batch, features] when TimeMajor, else [batch, time, features]. A clip of 0 means no clipping.</summary>
internal sealed record UnidirectionalSequenceLstmOptions(
    ActivationFunction Activation,
    float CellClip,
    float ProjectionClip,
    bool TimeMajor,
    bool AsymmetricQuantizeInputs = false,
    bool DiagonalRecurrentTensors = false) : OperatorOptions
{
    public override byte Kind => 71;

    public static UnidirectionalSequenceLstmOptions From(FlatTable t) => new(
        t.Activation(0),
        t.Float(1),
        t.Float(2),
        t.Bool(3),
        t.Bool(4),
        t.Bool(5));

    public override void Write(FlatTableBuilder t)
    {
        t.Byte(0, (byte)Activation);
        t.Float(1, CellClip);
        t.Float(2, ProjectionClip);
        t.Bool(3, TimeMajor);
        t.Bool(4, AsymmetricQuantizeInputs);
        t.Bool(5, DiagonalRecurrentTensors);
    }
}

/// <summary>BIDIRECTIONAL_SEQUENCE_LSTM; merged outputs lie side by side in one tensor. The input is [time, batch, features] when TimeMajor.</summary>
internal sealed record BidirectionalSequenceLstmOptions(
    ActivationFunction Activation,
    float CellClip,
    float ProjectionClip,
    bool MergeOutputs,
    bool TimeMajor,
    bool AsymmetricQuantizeInputs = false) : OperatorOptions
{
    public override byte Kind => 69;

    public static BidirectionalSequenceLstmOptions From(FlatTable t) => new(
        t.Activation(0),
        t.Float(1),
        t.Float(2),
        t.Bool(3),
        t.Bool(4, otherwise: true),
        t.Bool(5));

    public override void Write(FlatTableBuilder t)
    {
        t.Byte(0, (byte)Activation);
        t.Float(1, CellClip);
        t.Float(2, ProjectionClip);
        t.Bool(3, MergeOutputs);
        t.Bool(4, TimeMajor, otherwise: true);
        t.Bool(5, AsymmetricQuantizeInputs);
    }
}
