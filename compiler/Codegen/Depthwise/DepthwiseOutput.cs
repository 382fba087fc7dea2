// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// From sums of one channel to bytes: the proved <see cref="OutputStage"/> on sums times 256, or the reference's double rounding on
/// plain sums where no cheap form is exact.
/// </summary>
internal sealed class DepthwiseOutput(ThumbWriter w, DepthwiseShape shape, Core core, bool unsigned)
{
    private const int LargestOffset = 4095;

    /// <summary>What weights are multiplied with, as a power of two.</summary>
    public static int WeightShift(DepthwiseShape shape) => shape.Stage is null ? 0 : 8;

    /// <summary>The constants of one channel.</summary>
    /// <param name="sum">Of no inputs: the bias with the zero point folded in.</param>
    public static IEnumerable<int> TableOf(DepthwiseShape shape, int channel, int sum, Ops.Requantization scale)
    {
        if (shape.Stage is not { } stage)
        {
            return [sum, scale.Multiplier, 0, Math.Max(scale.Shift, 0), Math.Max(-scale.Shift, 0)];
        }

        var output = stage.Channels[channel];
        var isUnsigned = shape.UnsignedOutput && channel % 2 == 0;
        return
        [
            unchecked((256 * sum) + output.Delta),
            output.Multiplier,
            output.SignFix,
            .. stage.SharedShift is null ? new[] { output.Offset + (isUnsigned ? 128 << output.Shift : 0), output.Shift } : [],
        ];
    }

    /// <summary>Once a pass.</summary>
    public void Start()
    {
        if (shape.Stage is { SharedShift: { } shift } stage)
        {
            w.Constant(Spare, stage.Channels[0].Offset + (unsigned ? 128 << shift : 0));
            w.Vmov(Offset, Spare);
        }
    }

    /// <summary>Uses the spare registers and, where it must, those of the pointers.</summary>
    /// <param name="outputs">Each sum, and where its byte goes from Out.</param>
    public void Store(IReadOnlyList<(Reg Sum, int Offset)> outputs)
    {
        if (shape.Stage is { } stage)
        {
            Proved(stage, outputs);
        }
        else
        {
            DoubleRounding([.. outputs.Select(output => output.Sum)]);
            Each(outputs, Byte);
        }
    }

    private void Proved(OutputStage stage, IReadOnlyList<(Reg Sum, int Offset)> outputs)
    {
        var (multiplier, offset) = (Spare, OtherSpare);
        w.Vmov(multiplier, Multiplier);
        w.Vmov(offset, Offset);

        if (core == Core.CortexM7 && stage is { HasSignFix: false, SharedShift: not null } && outputs.All(output => output.Offset <= LargestOffset))
        {
            Skewed(stage, outputs);
            return;
        }

        if (stage.HasSignFix)
        {
            CorrectedProducts(outputs);
        }
        else
        {
            Each(outputs, output => w.Smmla(output.Sum, multiplier, offset));
        }

        if (stage.SharedShift is null)
        {
            w.Vmov(Spare, Shift);
            Each(outputs, output => w.Asr(output.Sum, output.Sum, Spare));
        }

        Each(outputs, output => Saturate(stage, output.Sum));
        Each(outputs, Byte);
    }

    // M7: a saturation issues with the product two outputs behind it, a store with the saturation two behind.
    private void Skewed(OutputStage stage, IReadOnlyList<(Reg Sum, int Offset)> outputs)
    {
        const int Lag = 2;
        for (var time = 0; time < outputs.Count + (2 * Lag); time++)
        {
            if (time - Lag >= 0 && time - Lag < outputs.Count)
            {
                Saturate(stage, outputs[time - Lag].Sum);
            }

            if (time < outputs.Count)
            {
                w.Smmla(outputs[time].Sum, Spare, OtherSpare);
            }

            if (time - (2 * Lag) >= 0)
            {
                Byte(outputs[time - (2 * Lag)]);
            }
        }
    }

    private void CorrectedProducts(IReadOnlyList<(Reg Sum, int Offset)> outputs)
    {
        var (fix, corrected) = (In, Out);
        SavePointers();
        w.Vmov(fix, SignFix);
        foreach (var (sum, _) in outputs)
        {
            w.AndAsr(corrected, fix, sum, 31);
            w.Add(corrected, corrected, OtherSpare);
            w.Smmla(sum, Spare, corrected);
        }

        RestorePointers();
    }

    private void Saturate(OutputStage stage, Reg sum)
    {
        w.Sat8(sum, unsigned, stage.SharedShift ?? 0);
        Clamp(sum, unsigned ? 128 : 0);
    }

    private void Byte((Reg Sum, int Offset) output)
    {
        if (output.Offset > LargestOffset)
        {
            w.Add(Spare, Out, output.Offset, OtherSpare);
            w.Strb(output.Sum, Spare, 0);
        }
        else
        {
            w.Strb(output.Sum, Out, output.Offset);
        }
    }

    private void DoubleRounding(IReadOnlyList<Reg> sums)
    {
        var (multiplier, spare, shift) = (Spare, OtherSpare, In);
        SavePointers();
        w.Vmov(multiplier, Multiplier);
        foreach (var sum in sums)
        {
            var plain = w.NewLabel();
            w.Vmov(shift, LeftShift);
            w.Lsl(sum, sum, shift);
            w.RoundingHighMultiply(sum, multiplier, spare);
            w.Vmov(shift, Shift);
            w.Subs(shift, 1);
            w.Branch("mi", plain);
            w.AddSign(sum);
            w.Asr(sum, sum, shift);
            w.Add(sum, sum, 1, spare);
            w.Asr(sum, sum, 1);
            w.Label(plain);
            w.Add(sum, sum, shape.ZeroPoint, spare);
            w.Sat8(sum, unsigned: false, 0);
            Clamp(sum, 0);
            if (unsigned)
            {
                w.Add(sum, sum, 128, spare);
            }
        }

        RestorePointers();
    }

    private void SavePointers()
    {
        w.Vmov(SavedIn, In);
        w.Vmov(SavedOut, Out);
    }

    private void RestorePointers()
    {
        w.Vmov(In, SavedIn);
        w.Vmov(Out, SavedOut);
    }

    private void Clamp(Reg sum, int bias)
    {
        if (shape.Min > sbyte.MinValue)
        {
            w.Limit(sum, shape.Min + bias, low: true);
        }

        if (shape.Max < sbyte.MaxValue)
        {
            w.Limit(sum, shape.Max + bias, low: false);
        }
    }

    private static void Each<T>(IReadOnlyList<T> items, Action<T> action)
    {
        foreach (var item in items)
        {
            action(item);
        }
    }
}
