// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// A sequence through one LSTM cell with int8 activations and an int16 cell state, as UNIDIRECTIONAL_SEQUENCE_LSTM of TFLite Micro
/// computes it. Inputs: x, the weights and bias of each gate (<see cref="Gate"/>), h, c; outputs: y, the new h, the new c.
/// </summary>
/// <param name="TimeMajor">x and y are [time, batch, features], else [batch, time, features].</param>
/// <param name="CellClip">Bound of the cell state in real numbers; 0: none.</param>
internal sealed record Lstm(bool TimeMajor, float CellClip) : Op
{
    private const int Gates = 4;
    private const int Weights = 1;
    private const int RecurrentWeights = 5;
    private const int Bias = 9;
    private const int Hidden = 13;
    private const int Cell = 14;

    /// <summary>Scale of what goes into logistic and tanh: Q3.12.</summary>
    private const float GateScale = 1f / 4096;

    /// <summary>Scale of what comes out: Q0.15.</summary>
    private const double ActivatedScale = 1.0 / 32768;

    public override string Name => "lstm";

    public static void Import(ImportContext context)
    {
        var options = context.Options<UnidirectionalSequenceLstmOptions>();
        Refuse(context, options);

        var (hidden, cell) = (context.Input(18), context.Input(19));
        var (newHidden, newCell) = (Next(hidden), Next(cell));
        context.Add(
            new Lstm(options.TimeMajor, options.CellClip),
            [
                context.Input(0),
                .. Enumerable.Range(1, 2 * Gates).Concat(Enumerable.Range(12, Gates)).Select(context.Input),
                context.Variables.Read(hidden), context.Variables.Read(cell),
            ],
            [context.Output(0), newHidden, newCell]);
        context.Variables.Assign(context.Origin, hidden, newHidden);
        context.Variables.Assign(context.Origin, cell, newCell);
    }

    protected override string Attributes => TimeMajor ? "time_major" : "";

    public override void Check(Node node)
    {
        var (input, output, hidden, cell) = (node.Input, node.Output, node.Inputs[Hidden], node.Inputs[Cell]);
        var weights = Enumerable.Range(Weights, 2 * Gates).Select(index => node.Inputs[index]).ToArray();
        var biases = Enumerable.Range(Bias, Gates).Select(index => node.Inputs[index]).ToArray();

        Require.Types(node, ElementType.S8, [input, output, hidden, .. weights]);
        Require.Types(node, ElementType.S16, cell);
        Require.Types(node, ElementType.S32, biases);
        Require.Constant(node, [.. weights, .. biases]);
        Require.PerTensor(node, [input, hidden, cell, .. weights]);
        Require.Filled(node, input, output, hidden);
        foreach (var matrix in weights)
        {
            Require.That(matrix.Quantization!.ZeroPoint == 0, node, $"weights {Quoted.Name(matrix.Name)} with zero point {matrix.Quantization.ZeroPoint}", "0");
        }

        Require.That(input.Shape.Rank == 3 && output.Shape.Rank == 3, node, $"input {input.Shape} and output {output.Shape}", "three dimensions");
        var (units, features, batch) = (output.Shape[2], input.Shape[2], input.Shape[TimeMajor ? 1 : 0]);
        var matrices = weights.Index().All(matrix => matrix.Item.Shape.Equals(new Shape(units, matrix.Index < Gates ? features : units)));
        Require.That(
            matrices && biases.All(bias => bias.Shape.Count == units) && hidden.Shape.Count == batch * units && cell.Shape.Count == batch * units
                && output.Shape[0] == input.Shape[0] && output.Shape[1] == input.Shape[1],
            node,
            $"input {input.Shape}, output {output.Shape}, states {hidden.Shape} and {cell.Shape} and the weights do not fit together",
            "weights [units, in] and [units, units], bias [units], states [batch, units]");

        var power = Math.Log2(cell.Quantization!.Scale);
        Require.That(
            cell.Quantization.ZeroPoint == 0 && Math.Abs(power - Math.Round(power)) < 0.001 && power is > -27 and < 2,
            node,
            $"a cell state of scale {cell.Quantization.Scale} and zero point {cell.Quantization.ZeroPoint}",
            "a power of two from 2^-26 to 2, zero point 0");
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
        var shift = 12 + (int)Math.Round(Math.Log2(cell.Quantization!.Scale));
        var clip = (int)Math.Clamp((double)CellClip / cell.Quantization.Scale, short.MinValue, short.MaxValue);

        return
        [
            new KernelCall(
                "lstm_s8",
                [
                    ("rows", time * batch),
                    ("in_size", input.Shape[2]),
                    ("units", units),
                    ("batch", batch),
                    ("batch_run", TimeMajor ? 1 : time),
                    ("hidden_zero_point", hidden.Quantization!.ZeroPoint),
                    ("cell_clip", clip > 0 ? clip : 32768),
                    ("tanh_multiplier", 3 << Math.Max(0, shift)),
                    ("tanh_shift", Math.Max(0, -shift)),
                ],
                [
                    input,
                    Interleaved("weights", node, Weights),
                    Interleaved("recurrent", node, RecurrentWeights),
                    Biases(node),
                    Scales(node),
                    SigmoidTable.Operand,
                    hidden,
                    cell,
                ],
                [output, node.Outputs[1], node.Outputs[2]],
                Scratch: units),
        ];
    }

    private static void Refuse(ImportContext context, UnidirectionalSequenceLstmOptions options)
    {
        void None(int first, int count, string what)
        {
            if (Enumerable.Range(first, count).Any(index => context.OptionalInput(index) is not null))
            {
                throw context.Origin.Refuse(what, "a plain LSTM");
            }
        }

        None(9, 3, "peepholes");
        None(16, 2, "a projection");
        None(20, 4, "layer normalization");
        if (options.Activation != ActivationFunction.TANH || options.DiagonalRecurrentTensors)
        {
            throw context.Origin.Refuse($"activation {options.Activation}{(options.DiagonalRecurrentTensors ? " and diagonal weights" : "")}", "TANH, full weights");
        }
    }

    private static Value Next(Value state) => new($"{state.Name}/new", state.Type, state.Shape) { Quantization = state.Quantization };

    // The four rows of a unit one after the other.
    private static ConstantOperand Interleaved(string name, Node node, int first)
    {
        var units = node.Output.Shape[2];
        var rows = new List<sbyte>();
        for (var u = 0; u < units; u++)
        {
            for (var g = 0; g < Gates; g++)
            {
                var matrix = node.Inputs[first + g];
                rows.AddRange(matrix.As<sbyte>().Slice(u * matrix.Shape[1], matrix.Shape[1]));
            }
        }

        return ConstantOperand.Of(name, CollectionsMarshal.AsSpan(rows));
    }

    // What is added to the products with stored values, zero points taken off: of the input with the bias, of h without.
    private static ConstantOperand Biases(Node node)
    {
        var units = node.Output.Shape[2];
        var zeros = Value.OfIntegers("zero", new Shape(units), new int[units]);
        var biases = new int[2 * units * Gates];
        for (var g = 0; g < Gates; g++)
        {
            var ofInput = EffectiveBias.Of(node.Input, node.Inputs[Weights + g], node.Inputs[Bias + g], units);
            var ofHidden = EffectiveBias.Of(node.Inputs[Hidden], node.Inputs[RecurrentWeights + g], zeros, units);
            for (var u = 0; u < units; u++)
            {
                biases[(u * Gates) + g] = MemoryMarshal.Cast<byte, int>(ofInput.Bytes.Span)[u];
                biases[((units + u) * Gates) + g] = MemoryMarshal.Cast<byte, int>(ofHidden.Bytes.Span)[u];
            }
        }

        return ConstantOperand.Of("bias", biases);
    }

    // In the order of enum ti_lstm_scale.
    private static ConstantOperand Scales(Node node)
    {
        double Product(Value x, Value weights) => (double)(x.Quantization!.Scale * weights.Quantization!.Scale) / GateScale;

        double cell = node.Inputs[Cell].Quantization!.Scale;
        double[] scales =
        [
            .. Enumerable.Range(0, Gates).Select(g => Product(node.Input, node.Inputs[Weights + g])),
            .. Enumerable.Range(0, Gates).Select(g => Product(node.Inputs[Hidden], node.Inputs[RecurrentWeights + g])),
            ActivatedScale * cell / cell,
            ActivatedScale * ActivatedScale / cell,
            ActivatedScale * ActivatedScale / node.Inputs[Hidden].Quantization!.Scale,
        ];
        return ConstantOperand.Of("scales", [.. scales.Select(Requantization.Of).SelectMany(scale => new[] { scale.Multiplier, scale.Shift })]);
    }
}
