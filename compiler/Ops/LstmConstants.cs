// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The constants of the LSTM kernels, the four rows of a unit one after the other; what lstm_s8 makes of them is <see cref="LstmWeights"/>.</summary>
internal static class LstmConstants
{
    private const int Gates = Lstm.Gates;

    /// <summary>Scale of what goes into logistic and tanh: Q3.12.</summary>
    private const float GateScale = 1f / 4096;

    /// <summary>Scale of what comes out: Q0.15.</summary>
    private const double ActivatedScale = 1.0 / 32768;

    public static ConstantOperand Interleaved<T>(string name, Node node, int first)
        where T : unmanaged
    {
        var rows = new List<T>();
        for (var row = 0; row < Gates * Units(node); row++)
        {
            var matrix = node.Inputs[first + (row % Gates)];
            rows.AddRange(matrix.As<T>().Slice(row / Gates * matrix.Shape[1], matrix.Shape[1]));
        }

        return new ConstantOperand(name, node.Inputs[first].Type, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(rows)).ToArray());
    }

    public static ConstantOperand RealBias(Node node) =>
        new("bias", ElementType.F32, MemoryMarshal.AsBytes<float>(EachRow(node, row => node.Inputs[Lstm.Bias + (row % Gates)].As<float>()[row / Gates])).ToArray());

    /// <summary>What is added to the products with stored values, zero points taken off: [units, gates] of the input with the bias, of h without.</summary>
    public static (int[] Input, int[] Hidden) Biases(Node node)
    {
        var zeros = Value.OfIntegers("zero", new Shape(Units(node)), new int[Units(node)]);
        int[][] Effective(Value x, int weights, Func<int, Value> bias) =>
            [.. Enumerable.Range(0, Gates).Select(g => MemoryMarshal.Cast<byte, int>(EffectiveBias.Of(x, node.Inputs[weights + g], bias(g), Units(node)).Bytes.Span).ToArray())];

        var ofInput = Effective(node.Input, Lstm.Weights, g => node.Inputs[Lstm.Bias + g]);
        var ofHidden = Effective(node.Inputs[Lstm.Hidden], Lstm.RecurrentWeights, _ => zeros);
        return (EachRow(node, row => ofInput[row % Gates][row / Gates]), EachRow(node, row => ofHidden[row % Gates][row / Gates]));
    }

    /// <summary>The same of int16 activations, whose zero points are 0: int64, low word first.</summary>
    public static ConstantOperand WideBiases(Node node)
    {
        var ofInput = EachRow(node, row => node.Inputs[Lstm.Bias + (row % Gates)].As<long>()[row / Gates]);
        return ConstantOperand.Of("bias", [.. ofInput.SelectMany(number => new[] { unchecked((int)number), (int)(number >> 32) }), .. new int[2 * ofInput.Length]]);
    }

    /// <summary>Of x * W for each gate, then of h * R.</summary>
    public static IReadOnlyList<Requantization> GateScales(Node node)
    {
        double Product(Value x, Value weights) => (double)(x.Quantization!.Scale * weights.Quantization!.Scale) / GateScale;

        return
        [
            .. Enumerable.Range(0, Gates).Select(g => Requantization.Of(Product(node.Input, node.Inputs[Lstm.Weights + g]))),
            .. Enumerable.Range(0, Gates).Select(g => Requantization.Of(Product(node.Inputs[Lstm.Hidden], node.Inputs[Lstm.RecurrentWeights + g]))),
        ];
    }

    /// <summary>In the order of enum ti_lstm_scale.</summary>
    public static ConstantOperand Scales(Node node)
    {
        double cell = node.Inputs[Lstm.Cell].Quantization!.Scale;
        var isWide = node.Input.Type == ElementType.S16;
        double[] ofCell =
        [
            ActivatedScale * cell / cell,
            ActivatedScale * ActivatedScale / cell,
            ActivatedScale * ActivatedScale / node.Inputs[Lstm.Hidden].Quantization!.Scale,
        ];
        IEnumerable<(int Multiplier, int Shift)> scales =
            [.. GateScales(node).Select(scale => isWide ? scale.Wide : (scale.Multiplier, scale.Shift)), .. ofCell.Select(scale => Requantization.Of(scale)).Select(scale => (scale.Multiplier, scale.Shift))];
        return ConstantOperand.Of("scales", [.. scales.SelectMany(scale => new[] { scale.Multiplier, scale.Shift })]);
    }

    private static int Units(Node node) => node.Output.Shape[2];

    private static T[] EachRow<T>(Node node, Func<int, T> of) => [.. Enumerable.Range(0, Gates * Units(node)).Select(of)];
}
