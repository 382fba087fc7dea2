// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>One LSTM of an operator: where its operands are, and in which direction it walks the sequence.</summary>
/// <param name="First">The input with the first of its weights.</param>
/// <param name="Hidden">The input with h; c is the next one.</param>
internal sealed record LstmPart(ReferenceCall Call, bool TimeMajor, float CellClip, int First, int Hidden, bool Backward)
{
    /// <summary>The only LSTM, or both of a bidirectional operator.</summary>
    public static IReadOnlyList<LstmPart> Of(ReferenceCall call) => call.Options switch
    {
        BidirectionalSequenceLstmOptions o => [new(call, o.TimeMajor, o.CellClip, 1, 35, Backward: false), new(call, o.TimeMajor, o.CellClip, 18, 37, Backward: true)],
        UnidirectionalSequenceLstmOptions o => [new(call, o.TimeMajor, o.CellClip, 1, 18, Backward: false)],
        _ => throw new ArgumentException($"{call.Options} are not those of an LSTM"),
    };

    public int Units => Weights(0).Shape[0];

    public int Width => Call.Input.Shape[2];

    /// <summary>Rows of the input in the order in which the cell sees them, each with its batch.</summary>
    public IEnumerable<(int Row, int Batch)> Rows()
    {
        var (outer, inner) = (Call.Input.Shape[0], Call.Input.Shape[1]);
        var (times, batches) = TimeMajor ? (outer, inner) : (inner, outer);
        for (var batch = 0; batch < batches; batch++)
        {
            for (var step = 0; step < times; step++)
            {
                var time = Backward ? times - 1 - step : step;
                yield return (TimeMajor ? (time * inner) + batch : (batch * inner) + time, batch);
            }
        }
    }

    /// <summary>Of gate input, forget, cell or output: the order of the file.</summary>
    public ReferenceTensor Weights(int gate) => Call.Inputs[First + gate]!;

    public ReferenceTensor Recurrent(int gate) => Call.Inputs[First + 4 + gate]!;

    public ReferenceTensor Bias(int gate) => Call.Inputs[First + 11 + gate]!;

    /// <summary>Every output of the operator, from the rows of each of its LSTMs.</summary>
    public static T[][] Outputs<T>(ReferenceCall call, Func<LstmPart, T[]> rowsOf)
    {
        var parts = Of(call);
        T[][] rows = [.. parts.Select(rowsOf)];
        return call.Options is BidirectionalSequenceLstmOptions { MergeOutputs: true }
            ? [[.. rows[0].Chunk(parts[0].Units).Zip(rows[1].Chunk(parts[1].Units)).SelectMany(pair => pair.First.Concat(pair.Second))]]
            : rows;
    }
}
