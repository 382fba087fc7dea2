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
            [BuiltinOperator.ADD] = Add.Import,
            [BuiltinOperator.AVERAGE_POOL_2D] = Pool2D.ImportAverage,
            [BuiltinOperator.BATCH_TO_SPACE_ND] = BatchToSpaceNd.Import,
            [BuiltinOperator.BROADCAST_TO] = BroadcastTo.Import,
            [BuiltinOperator.CONCATENATION] = Concatenation.Import,
            [BuiltinOperator.CONV_2D] = Conv2D.Import,
            [BuiltinOperator.DEPTHWISE_CONV_2D] = DepthwiseConv2D.Import,
            [BuiltinOperator.DEPTH_TO_SPACE] = DepthToSpace.Import,
            [BuiltinOperator.DEQUANTIZE] = Dequantize.Import,
            [BuiltinOperator.EXPAND_DIMS] = Reshape.Import,
            [BuiltinOperator.FILL] = BroadcastTo.ImportFill,
            [BuiltinOperator.FULLY_CONNECTED] = FullyConnected.Import,
            [BuiltinOperator.GATHER] = Gather.Import,
            [BuiltinOperator.MAX_POOL_2D] = Pool2D.ImportMax,
            [BuiltinOperator.MEAN] = Reduce.Import(Reduction.Mean),
            [BuiltinOperator.MIRROR_PAD] = MirrorPad.Import,
            [BuiltinOperator.MUL] = Mul.Import,
            [BuiltinOperator.PACK] = Pack.Import,
            [BuiltinOperator.PADV2] = Pad.Import,
            [BuiltinOperator.PAD] = Pad.Import,
            [BuiltinOperator.QUANTIZE] = Quantize.Import,
            [BuiltinOperator.REDUCE_MAX] = Reduce.Import(Reduction.Max),
            [BuiltinOperator.REDUCE_MIN] = Reduce.Import(Reduction.Min),
            [BuiltinOperator.RESHAPE] = Reshape.Import,
            [BuiltinOperator.RESIZE_NEAREST_NEIGHBOR] = ResizeNearestNeighbor.Import,
            [BuiltinOperator.REVERSE_V2] = ReverseV2.Import,
            [BuiltinOperator.SHAPE] = ShapeOf.Import,
            [BuiltinOperator.SLICE] = Slice.Import,
            [BuiltinOperator.SOFTMAX] = Softmax.Import,
            [BuiltinOperator.SPACE_TO_BATCH_ND] = SpaceToBatchNd.Import,
            [BuiltinOperator.SPACE_TO_DEPTH] = SpaceToDepth.Import,
            [BuiltinOperator.SPLIT] = Split.Import,
            [BuiltinOperator.SPLIT_V] = Split.ImportV,
            [BuiltinOperator.SQUEEZE] = Reshape.Import,
            [BuiltinOperator.STRIDED_SLICE] = StridedSlice.Import,
            [BuiltinOperator.SUB] = Sub.Import,
            [BuiltinOperator.SUM] = Reduce.Import(Reduction.Sum),
            [BuiltinOperator.TILE] = Tile.Import,
            [BuiltinOperator.TRANSPOSE] = Transpose.Import,
            [BuiltinOperator.UNPACK] = Unpack.Import,
        };
}
