// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Signal;

/// <summary>
/// Takes a running estimate of the noise from each channel: SignalFilterBankSpectralSubtraction. Inputs: channels, noise; outputs:
/// channels, the new noise.
/// </summary>
internal sealed record FilterBankSpectralSubtraction(
    (int Even, int Odd) Smoothing, (int Even, int Odd) OneMinusSmoothing, int MinRemaining, int SmoothingBits, int SubtractionBits, bool Clamping) : Op
{
    private const int Noise = 1;

    public override string Name => "signal_filter_bank_spectral_subtraction";

    public static void Import(ImportContext context)
    {
        var options = context.CustomOptions();
        var estimate = context.Output(1);
        var noise = new Value($"{estimate.Name}/noise", estimate.Type, estimate.Shape);

        context.Add(
            new FilterBankSpectralSubtraction(
                (options.Int("smoothing"), options.Int("alternate_smoothing")),
                (options.Int("one_minus_smoothing"), options.Int("alternate_one_minus_smoothing")),
                options.Int("min_signal_remaining"),
                options.Int("smoothing_bits"),
                options.Int("spectral_subtraction_bits"),
                options.Bool("clamping", otherwise: false)),
            [context.Input(0), context.Variables.Read(noise)],
            [context.Output(0), estimate]);
        context.Variables.Assign(context.Origin, noise, estimate);
    }

    public override void Check(Node node)
    {
        var (input, estimate) = (node.Inputs[0], node.Outputs[1]);
        Require.Types(node, ElementType.U32, input, node.Output, estimate);
        Require.Filled(node, input);
        Require.SameCount(node, input, node.Output);
        Require.SameCount(node, input, estimate);
        Require.That(
            SmoothingBits is >= 0 and <= 31 && SubtractionBits is >= 0 and <= 31, node, $"{SmoothingBits} smoothing bits, {SubtractionBits} subtraction bits", "0..31");
    }

    public override int? Updates(int output) => output == 1 ? Noise : null;

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "signal_filter_bank_spectral_subtraction",
            [
                ("count", node.Output.Shape.Count),
                ("smoothing", [Smoothing.Even, Smoothing.Odd]),
                ("one_minus_smoothing", [OneMinusSmoothing.Even, OneMinusSmoothing.Odd]),
                ("min_remaining", MinRemaining),
                ("smoothing_bits", SmoothingBits),
                ("subtraction_bits", SubtractionBits),
                ("clamping", Clamping ? 1 : 0),
            ],
            [node.Inputs[0], node.Inputs[Noise]],
            [node.Output, node.Outputs[1]]),
    ];
}
