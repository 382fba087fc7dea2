// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>All that the code of a depthwise convolution depends on.</summary>
/// <param name="Channels">Of the output.</param>
/// <param name="Multiplier">Neighbouring channels of the output that one of the input feeds; with more than one, all are row-major.</param>
/// <param name="UnsignedInput">The input has mixed signs: even channels are unsigned.</param>
/// <param name="UnsignedOutput">The same of the output.</param>
/// <param name="Stage">Without sign fix. Null: see <paramref name="Rounded"/>.</param>
/// <param name="Rounded">Null, and no stage: the reference's double rounding, instruction by instruction.</param>
internal sealed record DepthwiseShape(
    DepthwiseAxis Rows,
    DepthwiseAxis Columns,
    int Channels,
    int Multiplier,
    bool UnsignedInput,
    bool UnsignedOutput,
    OutputStage? Stage,
    RoundedStage? Rounded,
    int InputZeroPoint,
    int ZeroPoint,
    int Min,
    int Max)
{
    public const int SampleBytes = 2;

    /// <summary>The input is <see cref="Ir.Layout.Planar"/> and read where it lies, instead of copied channel by channel.</summary>
    public bool IsPlanar { get; init; }

    /// <summary>Whether there is code for a planar input. With stride 1 a copy with borders costs no more than extending bytes again for each row of outputs.</summary>
    public bool CanBePlanar => Multiplier == 1 && Columns is { Filter: 3, Dilation: 1, Stride: 2, Pad: <= 1 } && Rows is { Filter: <= 3, Dilation: 1 };

    private const int MostKeptWeights = 6;

    /// <summary>Outputs of a channel below which weights are made once rather than for each phase.</summary>
    private const int FewOutputs = 8;

    /// <summary>Bytes of a row of the plane: a channel as int16, borders included, whole words.</summary>
    public int RowBytes => SampleBytes * (Columns.Plane + (Columns.Plane % 2));

    /// <summary>A word more than the rows have: a block of outputs may read, not use, what lies behind its last column.</summary>
    public int PlaneBytes => IsPlanar ? 0 : (Rows.Plane * RowBytes) + sizeof(int);

    public int InChannels => Channels / Multiplier;

    public bool IsBordered => Rows.IsBordered || Columns.IsBordered;

    /// <summary>Channels of one sign go together: they share the borders and the code.</summary>
    public int Passes => UnsignedInput || UnsignedOutput ? 2 : 1;

    /// <summary>Whether all weights of a channel stay in registers.</summary>
    public bool KeepsWeights => IsPlanar || Fits(Phases);

    /// <summary>
    /// Outputs of a row that are computed one behind the other, with their own words of weights each: with two phases an output meets the words of
    /// the plane as the last one did, so that long filters need half as many words of weights at a time.
    /// </summary>
    public int Phases => !IsPlanar && !Fits(1) && Fits(2) && Rows.Out * Columns.Out >= FewOutputs ? 2 : 1;

    /// <summary>All words of weights of a channel, for the outputs of one phase.</summary>
    public IReadOnlyList<WeightPair> KeptWeights(int phase) => IsPlanar ? PlanarBlock.Weights(Rows.Filter) : Kept(phase, Phases);

    /// <summary>Bytes of input from one channel to the next.</summary>
    public int InChannelStep => IsPlanar ? Rows.In * Columns.In : 1;

    /// <summary>Rows of outputs that go together.</summary>
    public int BlockRows => KeepsWeights && Rows.Out > 1 ? 2 : 1;

    public int ColumnsOf(int phase) => (Columns.Out - phase + Phases - 1) / Phases;

    /// <summary>The words of weights of a row of taps, for blocks of four columns.</summary>
    public IReadOnlyList<WeightPair> StreamedWeights => DepthwiseTaps.Pairs(Columns, rows: 1, count: 4);

    public int OutRowBytes => Columns.Out * Channels;

    /// <summary>Words of constants a channel has.</summary>
    public int TableWords => Stage?.SharedShift is null ? 4 : 2;

    public int Scratch => PlaneBytes + (KeepsWeights ? 0 : WeightBytes);

    public int WeightBytes => sizeof(int) * Rows.Filter * StreamedWeights.Count;

    private string Arithmetic => Stage is { } stage
        ? $"{(stage.SharedShift is { } shift ? $"r{shift}z{Text(stage.Channels[0].Offset)}" : "each")}{(stage.IsClamped ? Clamp : "")}"
        : Rounded is not null ? $"rounded{Clamp}" : $"double_{Text(ZeroPoint)}{Clamp}";

    private string Clamp => $"_{Text(Min)}_{Text(Max)}";

    public override string ToString() => $"{Rows}_{Columns}_c{Channels}{(IsPlanar ? "p" : "")}{(Multiplier > 1 ? $"m{Multiplier}" : "")}z{Text(InputZeroPoint)}{(UnsignedInput ? "u" : "s")}{(UnsignedOutput ? "u" : "s")}_{Arithmetic}";

    private IReadOnlyList<WeightPair> Kept(int phase, int phases) => DepthwiseTaps.Pairs(Columns, Rows.Filter, count: 2, phase, phases);

    private bool Fits(int phases) => Enumerable.Range(0, phases).All(phase => Kept(phase, phases).Count <= MostKeptWeights);

    private static string Text(int number) => number < 0 ? $"m{-number}" : $"{number}";
}
