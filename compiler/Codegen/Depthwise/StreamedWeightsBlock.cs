// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// Four outputs of a row, for filters with more weights than registers: the words of weights come from scratch, each once a block.
/// Outputs walk along the row of taps together, so that few words of the plane are needed at a time.
/// </summary>
internal sealed class StreamedWeightsBlock(ThumbWriter w, DepthwiseShape shape, DepthwiseOutput output) : DepthwiseBlock(w, shape, output)
{
    private const int MostStraightTaps = 160;
    private static readonly Reg Weight = R(0);
    private static readonly Reg[] Data = [R(1), R(2), R(3), R(4), R(5)];
    private readonly IReadOnlyList<WeightPair> _weights = shape.StreamedWeights;

    protected override IReadOnlyList<Reg> Free => [Weight, .. Data];

    protected override void Multiply(int rows, int columns, int inOffset)
    {
        var steps = Steps(columns).ToArray();
        for (var sum = 0; sum < columns; sum++)
        {
            StartSum(sum);
        }

        Writer.Vmov(Weight, Words);
        if (steps.Length * Shape.Rows.Filter <= MostStraightTaps)
        {
            for (var row = 0; row < Shape.Rows.Filter; row++)
            {
                Row(steps, inOffset + (row * Shape.Rows.Dilation * Shape.RowBytes), row * _weights.Count * sizeof(int));
            }

            return;
        }

        Writer.Vmov(SavedIn, In);
        Writer.Vmov(SavedOut, Out);
        Writer.Add(In, In, inOffset, Spare);
        Writer.Constant(Out, Shape.Rows.Filter);
        var loop = Writer.Loop();
        Row(steps, 0, 0);
        Writer.Add(In, In, Shape.Rows.Dilation * Shape.RowBytes, Spare);
        Writer.Add(Weight, Weight, _weights.Count * sizeof(int), Spare);
        Writer.Subs(Out, 1);
        Writer.Branch("ne", loop);
        Writer.Vmov(In, SavedIn);
        Writer.Vmov(Out, SavedOut);
    }

    // In the order of the words of each output, counted from its own first one.
    private IEnumerable<Tap> Steps(int columns) => DepthwiseTaps.Row(Shape.Columns, columns)
        .OrderBy(tap => tap.Word - (tap.Output * Shape.Columns.Stride / 2)).ThenBy(tap => tap.Low ?? -1).ThenBy(tap => tap.Output);

    private void Row(IReadOnlyList<Tap> steps, int inOffset, int weightOffset)
    {
        var cache = new WordCache(Data);
        var weights = new WordCache([Spare, OtherSpare]);
        foreach (var step in steps)
        {
            var (data, isNewData) = cache.Get(step.Word);
            if (isNewData)
            {
                Writer.Ldr(data, In, inOffset + (step.Word * sizeof(int)));
            }

            var alone = step.Low ?? step.High!.Value;
            var isPair = step is { Low: not null, High: not null };
            var (index, pair) = _weights.Index().First(item => isPair ? item.Item == new WeightPair(step.Low!.Value, step.High) : item.Item.Has(alone));
            var (weight, isNewWeight) = weights.Get(index);
            if (isNewWeight)
            {
                Writer.Ldr(weight, Weight, weightOffset + (index * sizeof(int)));
            }

            if (isPair)
            {
                Writer.Smlad(Sum(step.Output), data, weight);
            }
            else
            {
                Writer.SmlaHalves(Sum(step.Output), data, step.High is not null, weight, pair.Low != alone);
            }
        }
    }

    /// <summary>Which words some registers hold: the one used longest ago goes first.</summary>
    private sealed class WordCache(IReadOnlyList<Reg> registers)
    {
        private readonly List<(int Word, Reg Register)> _held = [];

        public (Reg Register, bool IsNew) Get(int word)
        {
            var at = _held.FindIndex(item => item.Word == word);
            var isNew = at < 0;
            var register = !isNew ? _held[at].Register : _held.Count < registers.Count ? registers[_held.Count] : _held[0].Register;
            _held.RemoveAll(item => item.Register == register);
            _held.Add((word, register));
            return (register, isNew);
        }
    }
}
