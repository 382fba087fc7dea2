// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>What UNIDIRECTIONAL_SEQUENCE_LSTM and BIDIRECTIONAL_SEQUENCE_LSTM have in common, and the latter: two of the former.</summary>
internal static class LstmImport
{
    private const int Gates = Lstm.Gates;

    /// <summary>
    /// <code>
    /// y = BIDIRECTIONAL_SEQUENCE_LSTM(x)  =>  a = lstm(x); b = reverse(lstm(reverse(x))); y = concatenation(a, b), or outputs a and b
    /// </code>
    /// </summary>
    public static void Bidirectional(ImportContext context)
    {
        var options = context.Options<BidirectionalSequenceLstmOptions>();
        Refuse(
            context,
            options.Activation,
            isDiagonal: false,
            [(9, 3, "peepholes"), (16, 2, "a projection"), (26, 3, "peepholes"), (33, 2, "a projection"), (39, 9, "an auxiliary input")]);

        var (x, lstm) = (context.Input(0), new Lstm(options.TimeMajor, options.CellClip));
        var (first, merged) = (context.Output(0), options.MergeOutputs);
        var turn = new ReverseV2([options.TimeMajor ? 0 : 1]);
        var ahead = merged ? Half(first, "forward", context.Input(1).Shape[0]) : first;
        var behind = merged ? Half(first, "backward", context.Input(18).Shape[0]) : context.Output(1);
        var (turned, back) = (x.Like($"{x.Name}/reversed"), behind.Like($"{behind.Name}/reversed"));

        Add(context, lstm, x, first: 1, hidden: 35, ahead);
        context.Add(turn, [x], [turned]);
        Add(context, lstm, turned, first: 18, hidden: 37, back);
        context.Add(turn, [back], [behind]);
        if (merged)
        {
            context.Add(new Concatenation(2), [ahead, behind], [first]);
        }
    }

    /// <param name="first">Of the inputs with weights: eight matrices, three peepholes, four biases.</param>
    /// <param name="hidden">The input with h; c is the next one.</param>
    public static void Add(ImportContext context, Lstm lstm, Value x, int first, int hidden, Value output)
    {
        const int ToBias = 11;
        var (h, c) = (context.Input(hidden), context.Input(hidden + 1));
        var (newH, newC) = (h.Like($"{h.Name}/new"), c.Like($"{c.Name}/new"));
        context.Add(
            lstm,
            [
                x,
                .. Enumerable.Range(first, 2 * Gates).Concat(Enumerable.Range(first + ToBias, Gates)).Select(context.Input),
                context.Variables.Read(h), context.Variables.Read(c),
            ],
            [output, newH, newC]);
        context.Variables.Assign(context.Origin, h, newH);
        context.Variables.Assign(context.Origin, c, newC);
    }

    /// <param name="without">Optional inputs that must be left out: first, count, what they are.</param>
    public static void Refuse(ImportContext context, ActivationFunction activation, bool isDiagonal, IReadOnlyList<(int First, int Count, string What)> without)
    {
        foreach (var (first, count, what) in without)
        {
            if (Enumerable.Range(first, count).Any(index => context.OptionalInput(index) is not null))
            {
                throw context.Origin.Refuse(what, "a plain LSTM");
            }
        }

        if (activation != ActivationFunction.TANH || isDiagonal)
        {
            throw context.Origin.Refuse($"activation {activation}{(isDiagonal ? " and diagonal weights" : "")}", "TANH, full weights");
        }
    }

    private static Value Half(Value value, string which, int units) =>
        new($"{value.Name}/{which}", value.Type, new Shape([.. value.Shape.Dimensions.Take(2), units])) { Quantization = value.Quantization };
}
