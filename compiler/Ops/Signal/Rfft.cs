// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Signal;

/// <summary>The spectrum of each real row, in int16: SignalRfft.</summary>
internal sealed record Rfft(int Length) : Op
{
    private const int MaxLength = 1 << 15;

    public override string Name => "signal_rfft";

    public static void Import(ImportContext context) =>
        context.Add(new Rfft(context.CustomOptions().Int("fft_length")), [context.Input(0)], [context.Output(0)]);

    protected override string Attributes => $"{Length}";

    public override void Check(Node node)
    {
        var (input, output) = (node.Input, node.Output);
        Require.Types(node, ElementType.S16, input, output);
        Require.Filled(node, input);
        Require.That(Length is >= 4 and <= MaxLength && int.IsPow2(Length), node, $"an FFT of length {Length}", $"powers of two from 4 to {MaxLength}");
        Require.That(
            input.Shape.Rank >= 1 && output.Shape.Rank >= 1 && input.Shape[-1] <= Length && output.Shape[-1] == Length + 2
                && input.Shape.Count / input.Shape[-1] == output.Shape.Count / output.Shape[-1],
            node,
            $"input {input.Shape} and output {output.Shape}",
            $"rows of at most {Length} and of {Length + 2} elements");
    }

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var n = Length / 2;
        return
        [
            new KernelCall(
                "signal_rfft",
                [("rows", node.Input.Shape.Count / node.Input.Shape[-1]), ("in_length", node.Input.Shape[-1]), ("fft_length", Length)],
                [
                    node.Input,
                    Unit("twiddles", n, k => -2 * Math.PI * k / n),
                    Unit("super", n / 2, k => -Math.PI * (((double)(k + 1) / n) + 0.5)),
                ],
                [node.Output],
                Scratch: 4 * n),
        ];
    }

    // Points of the unit circle, real and imaginary parts in turn.
    private static ConstantOperand Unit(string name, int count, Func<int, double> angle) => ConstantOperand.OfShorts(
        name,
        [.. Enumerable.Range(0, count).SelectMany(k => new[] { Math.Cos(angle(k)), Math.Sin(angle(k)) }).Select(part => (short)Math.Floor(0.5 + (short.MaxValue * part)))]);
}
