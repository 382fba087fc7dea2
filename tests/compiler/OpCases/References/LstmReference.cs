// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// UNIDIRECTIONAL_SEQUENCE_LSTM of int8 with a 16-bit cell state, by TFLite Micro's definition: both products of a gate are
/// rounded to Q3.12, their saturated sum goes through TFLite's logistic or tanh, and every product of the cell is rounded apart.
/// </summary>
internal sealed class LstmReference
{
    private const float GateScale = 1f / 4096;
    private readonly ReferenceCall _call;
    private readonly UnidirectionalSequenceLstmOptions _options;
    private readonly long[] _hidden;
    private readonly long[] _cell;

    private LstmReference(ReferenceCall call)
    {
        _call = call;
        _options = (UnidirectionalSequenceLstmOptions)call.Options;
        (_hidden, _cell) = ([.. Hidden.Values], [.. Cell.Values]);
    }

    private ReferenceTensor Hidden => _call.Inputs[18]!;

    private ReferenceTensor Cell => _call.Inputs[19]!;

    private int Units => _call.Output.Shape[2];

    public static long[][] Compute(ReferenceCall call) => [new LstmReference(call).Rows()];

    private long[] Rows()
    {
        var output = new long[_call.Output.Count];
        var (outer, inner) = (_call.Input.Shape[0], _call.Input.Shape[1]);
        for (var batch = 0; batch < (_options.TimeMajor ? inner : outer); batch++)
        {
            for (var time = 0; time < (_options.TimeMajor ? outer : inner); time++)
            {
                var row = _options.TimeMajor ? (time * inner) + batch : (batch * inner) + time;
                Step(row, batch).CopyTo(output, row * Units);
            }
        }

        return output;
    }

    private long[] Step(int row, int batch)
    {
        var (before, width) = (_hidden[(batch * Units)..][..Units], _call.Input.Shape[2]);
        var x = _call.Input.Values[(row * width)..][..width];

        for (var u = 0; u < Units; u++)
        {
            // The file has the gates in the order input, forget, cell, output.
            long Gate(int g) => Saturated(Product(x, _call.Input, 1 + g, u, bias: 12 + g) + Product(before, Hidden, 5 + g, u, bias: null));

            var (input, forget) = (SigmoidReference.Logistic(3 * Gate(0)), SigmoidReference.Logistic(3 * Gate(1)));
            var (candidate, output) = (SigmoidReference.Tanh(3 * Gate(2)), SigmoidReference.Logistic(3 * Gate(3)));
            ref var cell = ref _cell[(batch * Units) + u];
            double scale = Cell.Tensor.Scale;
            var kept = Saturated(Fixed.Scaled(forget * cell, Math.ScaleB(1, -15)));
            cell = Clipped(Saturated(kept + Saturated(Fixed.Scaled(input * candidate, Math.ScaleB(1, -30) / scale))), scale);

            // Three Q3.12 make an argument: brought there from the cell's scale, a power of two, halves rounded up.
            var argument = (long)Math.Floor((3 * cell * scale * 4096) + 0.5);
            var hidden = Fixed.Scaled(SigmoidReference.Tanh(argument) * output, Math.ScaleB(1, -30) / Hidden.Tensor.Scale) + Hidden.Tensor.ZeroPoint;
            _hidden[(batch * Units) + u] = Math.Clamp(hidden, -128, 127);
        }

        return _hidden[(batch * Units)..][..Units];
    }

    private long Product(long[] x, ReferenceTensor of, int weights, int unit, int? bias)
    {
        var (matrix, sum) = (_call.Inputs[weights]!, bias is { } index ? _call.Inputs[index]!.Values[unit] : 0);
        for (var i = 0; i < x.Length; i++)
        {
            sum += (x[i] - of.Tensor.ZeroPoint) * matrix.At(unit, i);
        }

        return Saturated(Fixed.Scaled(sum, (double)(of.Tensor.Scale * matrix.Tensor.Scale) / GateScale));
    }

    private long Clipped(long cell, double scale)
    {
        var clip = (long)Math.Min(_options.CellClip / scale, 32767);
        return clip > 0 ? Math.Clamp(cell, -clip, clip) : cell;
    }

    private static long Saturated(long value) => Math.Clamp(value, short.MinValue, short.MaxValue);
}
