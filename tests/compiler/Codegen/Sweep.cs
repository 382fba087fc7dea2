// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Codegen.Binary;
using TinyInfer.Compiler.Codegen.Column;
using TinyInfer.Compiler.Codegen.Convolution;
using TinyInfer.Compiler.Codegen.Depthwise;
using TinyInfer.Compiler.Codegen.Elementwise;
using TinyInfer.Compiler.Codegen.FullyConnected;
using TinyInfer.Compiler.Codegen.Movement;
using TinyInfer.Compiler.Codegen.Patch;
using TinyInfer.Compiler.Codegen.Pooling;
using TinyInfer.Compiler.Codegen.Recurrent;
using TinyInfer.Compiler.Codegen.Softmax;
using TinyInfer.Compiler.Codegen.Winograd;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Tests.Codegen;

/// <summary>What is drawn for a family of generated kernels, with quantizations at the ends of what the arithmetic allows.</summary>
/// <param name="Draw">A chain of layers of which the family serves at least one.</param>
/// <param name="Ends">Which ends the layers must reach; the others mean nothing for the family.</param>
/// <param name="Chances">Chains drawn for one that the family serves: some ask for more than a draw can promise.</param>
internal sealed record Sweep(Func<RandomLayers, Value> Draw, Ends Ends, int Chances = 1)
{
    private const Ends Weighted = Ends.ZeroPoints | Ends.Multipliers | Ends.Sums;

    /// <summary>One line for each family: a family without one fails the suite.</summary>
    public static IReadOnlyDictionary<Type, Sweep> Of { get; } = new Dictionary<Type, Sweep>
    {
        [typeof(ConvolutionFamily)] = new(layers => layers.OneIn(3) ? layers.First(Image(layers, 1, 2, 3)) : layers.Conv(Image(layers, 1, 3, 4, 7, 16, 30)), Weighted),
        [typeof(WinogradFamily)] = new(layers => layers.Square(layers.Input(1, layers.Pick(2, 4, 6, 9), layers.Pick(3, 4, 6, 9), layers.Pick(8, 12, 16))), Weighted),
        [typeof(DepthwiseFamily)] = new(layers => layers.Depthwise(Image(layers, 1, 3, 4, 7, 16)), Weighted),
        [typeof(ColumnFamily)] = new(layers => layers.Column(layers.Input(1, layers.Pick(1, 2, 5, 11, 23), layers.Pick(1, 1, 2), layers.Pick(4, 8, 12))), Weighted),
        [typeof(LstmFamily)] = new(layers => layers.Lstm(layers.Input(1, layers.Pick(1, 2, 3, 5), layers.Pick(1, 2, 3, 4, 7, 8, 28))), Weighted, Chances: 3),
        [typeof(SvdfFamily)] = new(layers => layers.Svdf(layers.Input(1, layers.Pick(1, 2, 3, 4, 7, 8, 30))), Ends.ZeroPoints | Ends.Multipliers, Chances: 2),
        [typeof(DenseFamily)] = new(layers => layers.Dense(layers.Input(layers.OneIn(4) ? 3 : 1, layers.Pick(4, 5, 6, 7, 8, 16, 23, 24, 64, 129, 700))), Weighted, Chances: 2),
        [typeof(StreamedFamily)] = new(layers => layers.Dense(layers.Input(layers.OneIn(4) ? 3 : 1, layers.Pick(4, 5, 7, 30, 31, 64, 67, 513)), layers.Pick(1, 2, 3, 5, 6)), Weighted, Chances: 3),
        [typeof(SparseFamily)] = new(layers => layers.BehindRelu(layers.Input(1, layers.Pick(8, 20, 64))), Weighted, Chances: 4),
        [typeof(AddFamily)] = new(layers => Pair(layers, layers.Sum), Ends.ZeroPoints | Ends.Multipliers, Chances: 2),
        [typeof(BroadcastFamily)] = new(Repeated, Ends.ZeroPoints | Ends.Multipliers, Chances: 2),
        [typeof(LookUpFamily)] = new(layers => layers.LookUp(Image(layers, 1, 2, 3, 4, 7, 8)), Ends.ZeroPoints),
        [typeof(PoolFamily)] = new(layers => layers.Pool(Image(layers, 4, 5, 6, 8, 12, 15)), Ends.ZeroPoints | Ends.Multipliers, Chances: 2),
        [typeof(PatchFamily)] = new(Patch, Weighted, Chances: 2),
        [typeof(BinaryFamily)] = new(layers => layers.Binary(layers.BinaryInput(1, layers.Pick(1, 2, 3), layers.Pick(1, 2, 4), layers.Pick(1, 2, 3, 7)), layers.OneIn(2) ? ElementType.S8 : layers.OneIn(2) ? ElementType.S32 : ElementType.F32), Ends.ZeroPoints),
        [typeof(CopyFamily)] = new(layers => layers.Moved(layers.OneIn(3) ? layers.Input16(1, 3, 2, layers.Pick(1, 4, 9)) : Image(layers, 1, 2, 3, 8, 17, 40)), Ends.ZeroPoints, Chances: 2),
        [typeof(PadFamily)] = new(layers => layers.OneIn(3) ? layers.Resized(Image(layers, 1, 3, 8, 17)) : layers.Padded(Image(layers, 1, 2, 3, 8, 17, 40)), Ends.ZeroPoints, Chances: 2),
        [typeof(SoftmaxFamily)] = new(layers => layers.Softmax(layers.Pick(1, 1, 2, 3), layers.Pick(1, 2, 3, 4, 5, 9, 16, 61, 62, 510, 511), layers.OneIn(3)), Ends.ZeroPoints),
        [typeof(RowFamily)] = new(layers => layers.Row(), Ends.None),
        [typeof(RescaleFamily)] = new(layers => layers.Rescaled(layers.Number(1, layers.Pick(1, 2, 3, 4, 5, 7, 16, 61))), Ends.ZeroPoints | Ends.Multipliers, Chances: 2),
        [typeof(FromFloatFamily)] = new(layers => layers.Quantized(layers.Floats(1, layers.Pick(1, 2, 3, 4, 5, 16, 61)), 1e-3f), Ends.ZeroPoints),
    };

    private static Value Image(RandomLayers layers, params int[] depths) => layers.Input(1, layers.Pick(1, 3, 5), layers.Pick(1, 2, 5, 8), layers.Pick(depths));

    private static Value Pair(RandomLayers layers, Func<Value, Value, Value> of)
    {
        int[] shape = [1, layers.Pick(1, 2, 3), layers.Pick(1, 2, 5), layers.Pick(1, 2, 3, 4, 5, 8, 11)];
        return of(layers.Input(shape), layers.Input(shape));
    }

    private static Value Repeated(RandomLayers layers)
    {
        int[] shape = [1, layers.Pick(1, 2, 3), layers.Pick(1, 2, 5), layers.Pick(1, 2, 3, 4, 5, 8, 11)];
        var x = layers.OneIn(3) ? layers.Input16(shape) : layers.Input(shape);
        return layers.OneIn(2) ? layers.Product(x, layers.Operand(x)) : layers.RepeatedSum(x, layers.Operand(x));
    }

    private static Value Patch(RandomLayers layers)
    {
        if (layers.OneIn(3))
        {
            return layers.OneIn(3) ? layers.Multiplied(Image(layers, 2, 3, 4, 8)) : layers.PatchConv(Image(layers, 1, 2, 3, 4, 8));
        }

        var x = layers.Input16(1, layers.Pick(1, 2, 3, 5), layers.Pick(1, 2, 3, 5), layers.Pick(1, 2, 3, 4, 5, 8, 12));
        return layers.OneIn(3) ? layers.Dense16(layers.Input16(1, layers.Pick(1, 2, 3, 4, 7, 23, 24, 129))) : layers.OneIn(2) ? layers.Grouped16(x) : layers.Conv16(x);
    }
}

/// <summary>The ends of the ranges that layers of a sweep lie at.</summary>
[Flags]
internal enum Ends
{
    None,

    /// <summary>Zero points at both ends of their type.</summary>
    ZeroPoints = 1,

    /// <summary>Multipliers that are powers of two, and those right below one.</summary>
    Multipliers = 2,

    /// <summary>Accumulators at a bound: 2^23 or 2^31.</summary>
    Sums = 4,
}
