// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// From sums of one channel to bytes: the proved <see cref="OutputStage"/> on sums times 256, else the <see cref="RoundedStage"/> on sums
/// times 2, else the reference's double rounding on plain sums.
/// </summary>
internal sealed class DepthwiseOutput(ThumbWriter w, DepthwiseShape shape, Core core, bool unsigned)
{

    /// <summary>What weights are multiplied with.</summary>
    public static int WeightFactor(DepthwiseShape shape) => shape.Stage is not null ? 256 : shape.Rounded is not null ? 2 : 1;

    /// <summary>The constants of one channel.</summary>
    /// <param name="sum">Of no inputs: the bias with the zero point folded in.</param>
    public static IEnumerable<int> TableOf(DepthwiseShape shape, int channel, int sum, Ops.Requantization scale)
    {
        var isUnsigned = shape.UnsignedOutput && channel % 2 == 0;
        if (shape.Rounded?.Channels[channel] is { } rounded)
        {
            return [unchecked(2 * sum), rounded.Multiplier, rounded.Offset + (isUnsigned ? 128 << rounded.Shift : 0), rounded.Shift];
        }

        if (shape.Stage is not { } stage)
        {
            return [sum, scale.Multiplier, Math.Max(scale.Shift, 0), Math.Max(-scale.Shift, 0)];
        }

        var output = stage.Channels[channel];
        return
        [
            unchecked((256 * sum) + output.Delta),
            output.Multiplier,
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
    /// <param name="free">Other registers that it may use.</param>
    public void Store(IReadOnlyList<(Reg Sum, int Offset)> outputs, IReadOnlyList<Reg> free)
    {
        if (shape.Stage is null && shape.Rounded is null)
        {
            DoubleRounding([.. outputs.Select(output => output.Sum)]);
            Each(outputs, Byte);
            return;
        }

        var (multiplier, offset, shift, corrected) = (Spare, OtherSpare, free.Count > 1 ? free[1] : Spare, free.Count > 0 ? free[0] : In);
        var (hasShift, isRounded) = (shape.Stage?.SharedShift is null, shape.Stage is null);
        if (isRounded && corrected == In)
        {
            w.Vmov(SavedIn, In);
        }

        w.Vmov(multiplier, Multiplier);
        w.Vmov(offset, Offset);
        if (hasShift && shift != multiplier)
        {
            w.Vmov(shift, Shift);
        }

        List<Action<(Reg Sum, int Offset)>> steps = [output => Product(output.Sum)];
        if (hasShift && shift == multiplier)
        {
            InTurn(outputs, steps);
            w.Vmov(shift, Shift);
            steps.Clear();
        }

        if (hasShift)
        {
            steps.Add(output => w.Asr(output.Sum, output.Sum, shift));
        }

        InTurn(outputs, [.. steps, output => Saturate(output.Sum), Byte]);
        if (isRounded && corrected == In)
        {
            w.Vmov(In, SavedIn);
        }

        void Product(Reg sum)
        {
            if (isRounded)
            {
                w.AddAsr(corrected, offset, sum, 31);
                w.Smmlar(sum, sum, multiplier, corrected);
            }
            else
            {
                w.Smmla(sum, multiplier, offset);
            }
        }
    }

    // M7: a saturation issues with the product two outputs behind it, a store with the saturation two behind.
    private void InTurn(IReadOnlyList<(Reg Sum, int Offset)> outputs, IReadOnlyList<Action<(Reg Sum, int Offset)>> steps)
    {
        var lag = core == Core.CortexM7 && outputs.All(output => output.Offset <= ThumbWriter.LargestOffset) ? 2 : outputs.Count;
        for (var time = 0; time < outputs.Count + (lag * (steps.Count - 1)); time++)
        {
            foreach (var step in steps.Index().OrderBy(step => step.Index == 0 ? 1.5 : step.Index).Select(step => step.Index).Where(step => time - (lag * step) >= 0 && time - (lag * step) < outputs.Count))
            {
                steps[step](outputs[time - (lag * step)]);
            }
        }
    }

    private void Saturate(Reg sum)
    {
        w.Sat8(sum, unsigned, shape.Stage?.SharedShift ?? 0);
        Clamp(sum, unsigned ? 128 : 0);
    }

    private void Byte((Reg Sum, int Offset) output)
    {
        if (output.Offset > ThumbWriter.LargestOffset)
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
