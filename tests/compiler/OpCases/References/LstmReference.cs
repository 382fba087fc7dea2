// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// An LSTM of int8 or int16 with a 16-bit cell state, by TFLite Micro's definition: both products of a gate are
/// rounded to Q3.12, their saturated sum goes through TFLite's logistic or tanh, and every product of the cell is rounded apart.
/// </summary>
internal sealed class LstmReference(LstmPart part)
{
    private const float GateScale = 1f / 4096;
    private readonly long[] _hidden = [.. part.Call.Inputs[part.Hidden]!.Values];
    private readonly long[] _cell = [.. part.Call.Inputs[part.Hidden + 1]!.Values];

    private ReferenceTensor Hidden => part.Call.Inputs[part.Hidden]!;

    private CaseTensor Cell => part.Call.Inputs[part.Hidden + 1]!.Tensor;

    private bool IsWide => Hidden.Tensor.Type == TensorType.INT16;

    public static long[][] Compute(ReferenceCall call) => LstmPart.Outputs(call, part => new LstmReference(part).Rows());

    private long[] Rows()
    {
        var output = new long[part.Call.Input.Values.Length / part.Width * part.Units];
        foreach (var (row, batch) in part.Rows())
        {
            Step(row, batch).CopyTo(output, row * part.Units);
        }

        return output;
    }

    private long[] Step(int row, int batch)
    {
        var (units, width) = (part.Units, part.Width);
        var before = _hidden[(batch * units)..][..units];
        var x = part.Call.Input.Values[(row * width)..][..width];

        for (var u = 0; u < units; u++)
        {
            long Gate(int g) => Saturated(Product(x, part.Call.Input, part.Weights(g), u, part.Bias(g).Values[u]) + Product(before, Hidden, part.Recurrent(g), u, 0));

            var (input, forget) = (SigmoidReference.Logistic(3 * Gate(0)), SigmoidReference.Logistic(3 * Gate(1)));
            var (candidate, output) = (SigmoidReference.Tanh(3 * Gate(2)), SigmoidReference.Logistic(3 * Gate(3)));
            ref var cell = ref _cell[(batch * units) + u];
            double scale = Cell.Scale;
            var kept = Saturated(Fixed.Scaled(forget * cell, Math.ScaleB(1, -15)));
            cell = Clipped(Saturated(kept + Saturated(Fixed.Scaled(input * candidate, Math.ScaleB(1, -30) / scale))), scale);

            // Three Q3.12 make an argument: brought there from the cell's scale, a power of two, halves rounded up.
            var argument = (long)Math.Floor((3 * cell * scale * 4096) + 0.5);
            var hidden = Fixed.Scaled(SigmoidReference.Tanh(argument) * output, Math.ScaleB(1, -30) / Hidden.Tensor.Scale) + Hidden.Tensor.ZeroPoint;
            _hidden[(batch * units) + u] = IsWide ? Saturated(hidden) : Math.Clamp(hidden, -128, 127);
        }

        return _hidden[(batch * units)..][..units];
    }

    private long Product(long[] x, ReferenceTensor of, ReferenceTensor matrix, int unit, long bias)
    {
        var sum = bias;
        for (var i = 0; i < x.Length; i++)
        {
            sum += (x[i] - of.Tensor.ZeroPoint) * matrix.At(unit, i);
        }

        var scale = (double)(of.Tensor.Scale * matrix.Tensor.Scale) / GateScale;
        return Saturated(IsWide ? Fixed.ScaledWide(sum, scale) : Fixed.Scaled(sum, scale));
    }

    private long Clipped(long cell, double scale)
    {
        var clip = (long)Math.Min(part.CellClip / scale, 32767);
        return clip > 0 ? Math.Clamp(cell, -clip, clip) : cell;
    }

    private static long Saturated(long value) => Math.Clamp(value, short.MinValue, short.MaxValue);
}
