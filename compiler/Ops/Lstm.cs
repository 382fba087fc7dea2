// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// A sequence through one LSTM cell with int8 or int16 activations and an int16 cell state, or all in float, as
/// UNIDIRECTIONAL_SEQUENCE_LSTM of TFLite Micro computes it. Inputs: x, the weights and bias of each gate (<see cref="Gate"/>), h, c; outputs: y, the new h, the new c.
/// </summary>
/// <param name="TimeMajor">x and y are [time, batch, features], else [batch, time, features].</param>
/// <param name="CellClip">Bound of the cell state in real numbers; 0: none.</param>
/// <param name="LastOnly">y has the last time step alone, of one batch; <see cref="Passes.KeepLastStep"/> finds that no other is read.</param>
internal sealed record Lstm(bool TimeMajor, float CellClip, bool LastOnly = false) : Op
{
    public const int Gates = 4;

    /// <summary>Inputs of the node.</summary>
    public const int Weights = 1;
    public const int RecurrentWeights = 5;
    public const int Bias = 9;
    public const int Hidden = 13;
    public const int Cell = 14;

    public override string Name => "lstm";

    public static void Import(ImportContext context)
    {
        var options = context.Options<UnidirectionalSequenceLstmOptions>();
        LstmImport.Refuse(context, options.Activation, options.DiagonalRecurrentTensors, [(9, 3, "peepholes"), (16, 2, "a projection"), (20, 4, "layer normalization")]);
        LstmImport.Add(context, new Lstm(options.TimeMajor, options.CellClip), context.Input(0), first: 1, hidden: 18, context.Output(0));
    }

    protected override string Attributes => string.Join(',', (string[])[.. TimeMajor ? ["time_major"] : Array.Empty<string>(), .. LastOnly ? ["last"] : Array.Empty<string>()]);

    public override void Check(Node node)
    {
        var (input, output, hidden, cell) = (node.Input, node.Output, node.Inputs[Hidden], node.Inputs[Cell]);
        var weights = Enumerable.Range(Weights, 2 * Gates).Select(index => node.Inputs[index]).ToArray();
        var biases = Enumerable.Range(Bias, Gates).Select(index => node.Inputs[index]).ToArray();

        Require.OneOf(node, input, ElementType.S8, ElementType.S16, ElementType.F32);
        Require.Types(node, input.Type, output, hidden);
        Require.Constant(node, [.. weights, .. biases]);
        Require.Filled(node, input, output, hidden);
        CheckShapes(node, weights, biases);
        if (input.Type == ElementType.F32)
        {
            Require.Types(node, ElementType.F32, [cell, .. weights, .. biases]);
            return;
        }

        Require.Types(node, ElementType.S8, weights);
        Require.Types(node, ElementType.S16, cell);
        Require.Types(node, input.Type == ElementType.S8 ? ElementType.S32 : ElementType.S64, biases);
        Require.PerTensor(node, [input, hidden, cell, .. weights]);
        foreach (var matrix in weights)
        {
            Require.That(matrix.Quantization!.ZeroPoint == 0, node, $"weights {Quoted.Name(matrix.Name)} with zero point {matrix.Quantization.ZeroPoint}", "0");
        }

        if (input.Type == ElementType.S16)
        {
            const int MostShift = 7;
            Require.Symmetric(node, input, hidden);
            Require.That(LstmConstants.GateScales(node).All(scale => scale.Shift <= MostShift), node, "the products' scales are too large", $"input scale * weights scale below 2^{MostShift - 12}");
        }

        var power = Math.Log2(cell.Quantization!.Scale);
        Require.That(
            cell.Quantization.ZeroPoint == 0 && Math.Abs(power - Math.Round(power)) < 0.001 && power is > -27 and < 2,
            node,
            $"a cell state of scale {cell.Quantization.Scale} and zero point {cell.Quantization.ZeroPoint}",
            "a power of two from 2^-26 to 2, zero point 0");
    }

    private void CheckShapes(Node node, Value[] weights, Value[] biases)
    {
        var (input, output, hidden, cell) = (node.Input, node.Output, node.Inputs[Hidden], node.Inputs[Cell]);
        Require.That(input.Shape.Rank == 3 && output.Shape.Rank == 3, node, $"input {input.Shape} and output {output.Shape}", "three dimensions");
        var (units, features, batch) = (output.Shape[2], input.Shape[2], input.Shape[TimeMajor ? 1 : 0]);
        var matrices = weights.Index().All(matrix => matrix.Item.Shape.Equals(new Shape(units, matrix.Index < Gates ? features : units)));
        Require.That(
            matrices && biases.All(bias => bias.Shape.Count == units) && hidden.Shape.Count == batch * units && cell.Shape.Count == batch * units
                && (LastOnly ? batch == 1 && output.Shape.Count == units : output.Shape[0] == input.Shape[0] && output.Shape[1] == input.Shape[1]),
            node,
            $"input {input.Shape}, output {output.Shape}, states {hidden.Shape} and {cell.Shape} and the weights do not fit together",
            "weights [units, in] and [units, units], bias [units], states [batch, units]");
    }

    public override long Macs(Node node) =>
        (long)node.Input.Shape[0] * node.Input.Shape[1] * Gates * node.Output.Shape[2] * (node.Input.Shape[2] + node.Output.Shape[2]);

    /// <summary>The output's rows are not longer than the input's, so that they end before those still to be read.</summary>
    public override bool CanOverwrite(Node node, int input) => input == 0 && node.Output.Shape[2] <= node.Input.Shape[2];

    public override int? Updates(int output) => output switch
    {
        1 => Hidden,
        2 => Cell,
        _ => null,
    };

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (input, hidden, cell, output) = (node.Input, node.Inputs[Hidden], node.Inputs[Cell], node.Output);
        var (units, time, batch) = (output.Shape[2], input.Shape[TimeMajor ? 0 : 1], input.Shape[TimeMajor ? 1 : 0]);
        Field[] shape = [("rows", time * batch), ("in_size", input.Shape[2]), ("units", units), ("batch", batch), ("batch_run", TimeMajor ? 1 : time), ("out_rows", LastOnly ? 1 : time * batch)];
        var scratch = units * input.Type.Size();
        if (input.Type == ElementType.F32)
        {
            return
            [
                new KernelCall(
                    "lstm_f32",
                    [.. shape, ("cell_clip", Math.Max(CellClip, 0))],
                    [input, LstmConstants.Interleaved<float>("weights", node, Weights), LstmConstants.Interleaved<float>("recurrent", node, RecurrentWeights), LstmConstants.RealBias(node), hidden, cell],
                    [output, node.Outputs[1], node.Outputs[2]],
                    scratch),
            ];
        }

        var shift = 12 + (int)Math.Round(Math.Log2(cell.Quantization!.Scale));
        var clip = (int)Math.Clamp((double)CellClip / cell.Quantization.Scale, short.MinValue, short.MaxValue);
        var isWide = input.Type == ElementType.S16;
        Operand[] tables = [LstmConstants.Scales(node), SigmoidTable.Operand];
        Field[] rule = [("cell_clip", clip > 0 ? clip : 32768), ("tanh_multiplier", 3 << Math.Max(0, shift)), ("tanh_shift", Math.Max(0, -shift))];
        if (isWide)
        {
            return
            [
                new KernelCall(
                    "lstm_s16",
                    [.. shape, .. rule],
                    [
                        input,
                        LstmConstants.Interleaved<sbyte>("weights", node, Weights),
                        LstmConstants.Interleaved<sbyte>("recurrent", node, RecurrentWeights),
                        LstmConstants.WideBiases(node),
                        .. tables, hidden, cell,
                    ],
                    [output, node.Outputs[1], node.Outputs[2]],
                    scratch),
            ];
        }

        var weights = LstmWeights.Of(node);
        return
        [
            new KernelCall(
                "lstm_s8",
                [.. shape, ("sum_shift", weights.SumShift), ("hidden_zero_point", hidden.Quantization!.ZeroPoint), .. rule],
                [input, weights.Words, .. tables, hidden, cell],
                [output, node.Outputs[1], node.Outputs[2]],
                scratch),
        ];
    }
}
