// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// From sums of one channel to bytes: the proved <see cref="OutputStage"/> on sums times 256, or the reference's double rounding on
/// plain sums where no cheap form is exact.
/// </summary>
internal sealed class DepthwiseOutput(ThumbWriter w, DepthwiseShape shape, bool unsigned)
{
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
    public void Bytes(IReadOnlyList<Reg> sums)
    {
        if (shape.Stage is { } stage)
        {
            Proved(stage, sums);
        }
        else
        {
            DoubleRounding(sums);
        }
    }

    private void Proved(OutputStage stage, IReadOnlyList<Reg> sums)
    {
        var (multiplier, offset, fix, corrected) = (Spare, OtherSpare, In, Out);
        w.Vmov(multiplier, Multiplier);
        w.Vmov(offset, Offset);
        if (stage.HasSignFix)
        {
            SavePointers();
            w.Vmov(fix, SignFix);
            foreach (var sum in sums)
            {
                w.AndAsr(corrected, fix, sum, 31);
                w.Add(corrected, corrected, offset);
                w.Smmla(sum, multiplier, corrected);
            }

            RestorePointers();
        }
        else
        {
            Each(sums, sum => w.Smmla(sum, multiplier, offset));
        }

        if (stage.SharedShift is null)
        {
            w.Vmov(Spare, Shift);
            Each(sums, sum => w.Asr(sum, sum, Spare));
        }

        Each(sums, sum => w.Sat8(sum, unsigned, stage.SharedShift ?? 0));
        Each(sums, sum => Clamp(sum, unsigned ? 128 : 0));
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

    private static void Each(IReadOnlyList<Reg> sums, Action<Reg> action)
    {
        foreach (var sum in sums)
        {
            action(sum);
        }
    }
}
