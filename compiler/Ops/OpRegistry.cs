// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>Every TensorFlow Lite operator the compiler understands, and who reads it.</summary>
internal static class OpRegistry
{
    public static IReadOnlyDictionary<BuiltinOperator, Action<ImportContext>> Importers { get; } =
        new Dictionary<BuiltinOperator, Action<ImportContext>>
        {
            [BuiltinOperator.ABS] = Abs.Import,
            [BuiltinOperator.ADD] = Add.Import,
            [BuiltinOperator.AVERAGE_POOL_2D] = Pool2D.ImportAverage,
            [BuiltinOperator.BATCH_TO_SPACE_ND] = BatchToSpaceNd.Import,
            [BuiltinOperator.BROADCAST_TO] = BroadcastTo.Import,
            [BuiltinOperator.CONCATENATION] = Concatenation.Import,
            [BuiltinOperator.CONV_2D] = Conv2D.Import,
            [BuiltinOperator.DEPTHWISE_CONV_2D] = DepthwiseConv2D.Import,
            [BuiltinOperator.DEPTH_TO_SPACE] = DepthToSpace.Import,
            [BuiltinOperator.DEQUANTIZE] = Dequantize.Import,
            [BuiltinOperator.DIV] = Div.Import,
            [BuiltinOperator.ELU] = FloatTable.ImportElu,
            [BuiltinOperator.EXP] = FloatTable.ImportExp,
            [BuiltinOperator.EXPAND_DIMS] = Reshape.Import,
            [BuiltinOperator.FILL] = BroadcastTo.ImportFill,
            [BuiltinOperator.FULLY_CONNECTED] = FullyConnected.Import,
            [BuiltinOperator.GATHER] = Gather.Import,
            [BuiltinOperator.HARD_SWISH] = HardSwish.Import,
            [BuiltinOperator.LEAKY_RELU] = LeakyRelu.Import,
            [BuiltinOperator.LOG] = FloatTable.ImportLog,
            [BuiltinOperator.LOGISTIC] = Logistic.Import,
            [BuiltinOperator.MAXIMUM] = Extremum.ImportMaximum,
            [BuiltinOperator.MAX_POOL_2D] = Pool2D.ImportMax,
            [BuiltinOperator.MEAN] = Reduce.Import(Reduction.Mean),
            [BuiltinOperator.MINIMUM] = Extremum.ImportMinimum,
            [BuiltinOperator.MIRROR_PAD] = MirrorPad.Import,
            [BuiltinOperator.MUL] = Mul.Import,
            [BuiltinOperator.NEG] = FloatTable.ImportNeg,
            [BuiltinOperator.PACK] = Pack.Import,
            [BuiltinOperator.PAD] = Pad.Import,
            [BuiltinOperator.PADV2] = Pad.Import,
            [BuiltinOperator.PRELU] = Prelu.Import,
            [BuiltinOperator.QUANTIZE] = Quantize.Import,
            [BuiltinOperator.REDUCE_MAX] = Reduce.Import(Reduction.Max),
            [BuiltinOperator.REDUCE_MIN] = Reduce.Import(Reduction.Min),
            [BuiltinOperator.RELU] = Relu.Import,
            [BuiltinOperator.RELU6] = Relu.Import6,
            [BuiltinOperator.RELU_N1_TO_1] = Relu.ImportN1To1,
            [BuiltinOperator.RESHAPE] = Reshape.Import,
            [BuiltinOperator.RESIZE_NEAREST_NEIGHBOR] = ResizeNearestNeighbor.Import,
            [BuiltinOperator.REVERSE_V2] = ReverseV2.Import,
            [BuiltinOperator.RSQRT] = Rsqrt.Import,
            [BuiltinOperator.SHAPE] = ShapeOf.Import,
            [BuiltinOperator.SLICE] = Slice.Import,
            [BuiltinOperator.SOFTMAX] = Softmax.Import,
            [BuiltinOperator.SPACE_TO_BATCH_ND] = SpaceToBatchNd.Import,
            [BuiltinOperator.SPACE_TO_DEPTH] = SpaceToDepth.Import,
            [BuiltinOperator.SPLIT] = Split.Import,
            [BuiltinOperator.SPLIT_V] = Split.ImportV,
            [BuiltinOperator.SQRT] = FloatTable.ImportSqrt,
            [BuiltinOperator.SQUARE] = FloatTable.ImportSquare,
            [BuiltinOperator.SQUARED_DIFFERENCE] = SquaredDifference.Import,
            [BuiltinOperator.SQUEEZE] = Reshape.Import,
            [BuiltinOperator.STRIDED_SLICE] = StridedSlice.Import,
            [BuiltinOperator.SUB] = Sub.Import,
            [BuiltinOperator.SUM] = Reduce.Import(Reduction.Sum),
            [BuiltinOperator.TANH] = Tanh.Import,
            [BuiltinOperator.TILE] = Tile.Import,
            [BuiltinOperator.TRANSPOSE] = Transpose.Import,
            [BuiltinOperator.UNPACK] = Unpack.Import,
        };
}
