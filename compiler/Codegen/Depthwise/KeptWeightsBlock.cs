// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// Two rows by two columns of outputs, or four columns of a row, with all weights of the channel in registers: a word of a row is loaded once
/// and multiplied into all outputs that it meets. For 3x3 with stride 1, four rows of two words:
/// <code>
///          word 0 (x0, x1)      word 1 (x2, x3)
/// y0   +=  (w0, w1) * (x0, x1)  + w2 * x2
/// y1   +=  w0 * x1              + (w1, w2) * (x2, x3)
/// </code>
/// </summary>
internal sealed class KeptWeightsBlock(ThumbWriter w, DepthwiseShape shape, DepthwiseOutput output, Core core, int phase) : DepthwiseBlock(w, shape, output)
{
    private readonly IReadOnlyList<WeightPair> _weights = shape.KeptWeights(phase);

    protected override IReadOnlyList<Reg> Free => [.. Enumerable.Range(_weights.Count, FirstSum - _weights.Count).Select(R)];

    /// <summary>Words of the plane go through these in turn.</summary>
    private IReadOnlyList<Reg> Data => [.. Free, Spare, OtherSpare];

    protected override void Multiply(int rows, int columns, int inOffset)
    {
        var loads = Loads(rows, columns).ToArray();
        var data = Data;
        var starts = new SumStarts([.. loads.SelectMany(load => load.Taps).Select(tap => tap.Sum)], core == Core.CortexM7 ? 2 : int.MaxValue, StartSum);

        // M4: as many loads as there are registers, then their multiplications. M7: each load a word ahead of its use, each sum
        // started beside a multiplication of another.
        var ahead = core == Core.CortexM7 ? 1 : 0;
        var group = core == Core.CortexM7 ? 1 : data.Count;
        var loaded = 0;
        for (var first = 0; first < loads.Length; first += group)
        {
            var last = Math.Min(first + group, loads.Length);
            for (; loaded < Math.Min(last + ahead, loads.Length); loaded++)
            {
                Writer.Ldr(data[loaded % data.Count], In, inOffset + loads[loaded].Offset);
            }

            for (var load = first; load < last; load++)
            {
                foreach (var (sum, row, tap) in loads[load].Taps)
                {
                    starts.BeforeNext();
                    Add(Sum(sum), data[load % data.Count], row, tap);
                }
            }
        }
    }

    private IEnumerable<Load> Loads(int rows, int columns)
    {
        var taps = DepthwiseTaps.Row(Shape.Columns, columns, phase, Shape.Phases).ToArray();
        var (stride, dilation, filter) = (Shape.Rows.Stride, Shape.Rows.Dilation, Shape.Rows.Filter);
        for (var inRow = 0; inRow <= ((rows - 1) * stride) + ((filter - 1) * dilation); inRow++)
        {
            var met = (from row in Enumerable.Range(0, rows)
                       let distance = inRow - (row * stride)
                       where distance >= 0 && distance % dilation == 0 && distance / dilation < filter
                       from tap in taps
                       select (Sum: (row * columns) + tap.Output, Row: distance / dilation, Tap: tap)).ToArray();
            foreach (var word in met.GroupBy(item => item.Tap.Word).OrderBy(word => word.Key))
            {
                yield return new Load((inRow * Shape.RowBytes) + (word.Key * sizeof(int)), [.. word]);
            }
        }
    }

    private void Add(Reg sum, Reg data, int row, Tap tap)
    {
        var first = row * Shape.Columns.Filter;
        if (tap is { Low: { } low, High: { } high })
        {
            Writer.Smlad(sum, data, R(_weights.ToList().IndexOf(new WeightPair(first + low, first + high))));
            return;
        }

        var alone = first + (tap.Low ?? tap.High!.Value);
        var (index, pair) = _weights.Index().First(item => item.Item.Has(alone));
        Writer.SmlaHalves(sum, data, tap.High is not null, R(index), pair.Low != alone);
    }

    private readonly record struct Load(int Offset, IReadOnlyList<(int Sum, int Row, Tap Tap)> Taps);

    /// <summary>Starts sums in the order of their first use, some multiplications before it.</summary>
    private sealed class SumStarts(int[] uses, int ahead, Action<int> start)
    {
        private readonly HashSet<int> _started = [];
        private int _next;

        public void BeforeNext()
        {
            foreach (var sum in uses.Skip(_next).Take(ahead).Where(_started.Add))
            {
                start(sum);
            }

            _next++;
        }
    }
}
