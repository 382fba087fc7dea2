// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ops.Control;
using TinyInfer.Compiler.Ops.Lce;
using TinyInfer.Compiler.Ops.Signal;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>Every TensorFlow Lite operator the compiler understands, and who reads it.</summary>
internal static class OpRegistry
{
    private static readonly Dictionary<BuiltinOperator, Action<ImportContext>> Importers =
        new Dictionary<BuiltinOperator, Action<ImportContext>>
        {
            [BuiltinOperator.ABS] = Abs.Import,
            [BuiltinOperator.ADD] = IntegerArithmetic.Import(IntegerOperation.Add, Add.Import),
            [BuiltinOperator.ARG_MAX] = ArgMax.Import,
            [BuiltinOperator.ARG_MIN] = ArgMax.ImportMin,
            [BuiltinOperator.ASSIGN_VARIABLE] = AssignVariable.Import,
            [BuiltinOperator.AVERAGE_POOL_2D] = Pool2D.ImportAverage,
            [BuiltinOperator.BATCH_MATMUL] = BatchMatMul.Import,
            [BuiltinOperator.BATCH_TO_SPACE_ND] = BatchToSpaceNd.Import,
            [BuiltinOperator.BROADCAST_TO] = BroadcastTo.Import,
            [BuiltinOperator.CALL_ONCE] = AssignVariable.ImportInitial,
            [BuiltinOperator.CAST] = Cast.Import,
            [BuiltinOperator.CEIL] = FloatTable.ImportCeil,
            [BuiltinOperator.CONCATENATION] = Concatenation.Import,
            [BuiltinOperator.CONV_2D] = Conv2D.Import,
            [BuiltinOperator.COS] = FloatTable.ImportCos,
            [BuiltinOperator.DEPTHWISE_CONV_2D] = DepthwiseConv2D.Import,
            [BuiltinOperator.DEPTH_TO_SPACE] = DepthToSpace.Import,
            [BuiltinOperator.DEQUANTIZE] = Dequantize.Import,
            [BuiltinOperator.DIV] = IntegerArithmetic.Import(IntegerOperation.Div, Div.Import),
            [BuiltinOperator.ELU] = FloatTable.ImportElu,
            [BuiltinOperator.EQUAL] = Comparison.Import(Relation.Equal),
            [BuiltinOperator.EXP] = FloatTable.ImportExp,
            [BuiltinOperator.EXPAND_DIMS] = Reshape.Import,
            [BuiltinOperator.FILL] = BroadcastTo.ImportFill,
            [BuiltinOperator.FLOOR] = FloatTable.ImportFloor,
            [BuiltinOperator.FLOOR_DIV] = FloorDivision.ImportDiv,
            [BuiltinOperator.FLOOR_MOD] = FloorDivision.ImportMod,
            [BuiltinOperator.FULLY_CONNECTED] = FullyConnected.Import,
            [BuiltinOperator.GATHER] = Gather.Import,
            [BuiltinOperator.GREATER] = Comparison.Import(Relation.Greater),
            [BuiltinOperator.GREATER_EQUAL] = Comparison.Import(Relation.GreaterEqual),
            [BuiltinOperator.HARD_SWISH] = HardSwish.Import,
            [BuiltinOperator.IF] = If.Import,
            [BuiltinOperator.LEAKY_RELU] = LeakyRelu.Import,
            [BuiltinOperator.LESS] = Comparison.Import(Relation.Less),
            [BuiltinOperator.LESS_EQUAL] = Comparison.Import(Relation.LessEqual),
            [BuiltinOperator.LOG] = FloatTable.ImportLog,
            [BuiltinOperator.LOGICAL_AND] = Logical.Import(LogicalOperation.And),
            [BuiltinOperator.LOGICAL_NOT] = LogicalNot.Import,
            [BuiltinOperator.LOGICAL_OR] = Logical.Import(LogicalOperation.Or),
            [BuiltinOperator.LOGISTIC] = Logistic.Import,
            [BuiltinOperator.LOG_SOFTMAX] = LogSoftmax.Import,
            [BuiltinOperator.MAXIMUM] = IntegerArithmetic.Import(IntegerOperation.Max, Extremum.ImportMaximum),
            [BuiltinOperator.MAX_POOL_2D] = Pool2D.ImportMax,
            [BuiltinOperator.MEAN] = Reduce.Import(Reduction.Mean),
            [BuiltinOperator.MINIMUM] = IntegerArithmetic.Import(IntegerOperation.Min, Extremum.ImportMinimum),
            [BuiltinOperator.MIRROR_PAD] = MirrorPad.Import,
            [BuiltinOperator.MUL] = IntegerArithmetic.Import(IntegerOperation.Mul, Mul.Import),
            [BuiltinOperator.NEG] = FloatTable.ImportNeg,
            [BuiltinOperator.NOT_EQUAL] = Comparison.Import(Relation.NotEqual),
            [BuiltinOperator.PACK] = Pack.Import,
            [BuiltinOperator.PAD] = Pad.Import,
            [BuiltinOperator.PADV2] = Pad.Import,
            [BuiltinOperator.PRELU] = Prelu.Import,
            [BuiltinOperator.QUANTIZE] = Quantize.Import,
            [BuiltinOperator.READ_VARIABLE] = AssignVariable.ImportRead,
            [BuiltinOperator.REDUCE_ALL] = Reduce.Import(Reduction.All),
            [BuiltinOperator.REDUCE_ANY] = Reduce.Import(Reduction.Any),
            [BuiltinOperator.REDUCE_MAX] = Reduce.Import(Reduction.Max),
            [BuiltinOperator.REDUCE_MIN] = Reduce.Import(Reduction.Min),
            [BuiltinOperator.REDUCE_PROD] = Reduce.Import(Reduction.Product),
            [BuiltinOperator.RELU] = Relu.Import,
            [BuiltinOperator.RELU6] = Relu.Import6,
            [BuiltinOperator.RELU_N1_TO_1] = Relu.ImportN1To1,
            [BuiltinOperator.RESHAPE] = Reshape.Import,
            [BuiltinOperator.RESIZE_BILINEAR] = ResizeBilinear.Import,
            [BuiltinOperator.RESIZE_NEAREST_NEIGHBOR] = ResizeNearestNeighbor.Import,
            [BuiltinOperator.REVERSE_V2] = ReverseV2.Import,
            [BuiltinOperator.ROUND] = FloatTable.ImportRound,
            [BuiltinOperator.RSQRT] = Rsqrt.Import,
            [BuiltinOperator.SELECT_V2] = Select.Import,
            [BuiltinOperator.SHAPE] = ShapeOf.Import,
            [BuiltinOperator.SIN] = FloatTable.ImportSin,
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
            [BuiltinOperator.SUB] = IntegerArithmetic.Import(IntegerOperation.Sub, Sub.Import),
            [BuiltinOperator.SUM] = Reduce.Import(Reduction.Sum),
            [BuiltinOperator.SVDF] = Svdf.Import,
            [BuiltinOperator.TANH] = Tanh.Import,
            [BuiltinOperator.TILE] = Tile.Import,
            [BuiltinOperator.TRANSPOSE] = Transpose.Import,
            [BuiltinOperator.TRANSPOSE_CONV] = TransposeConv.Import,
            [BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM] = Lstm.Import,
            [BuiltinOperator.UNPACK] = Unpack.Import,
            [BuiltinOperator.VAR_HANDLE] = AssignVariable.ImportHandle,
            [BuiltinOperator.WHILE] = While.Import,
        };

    /// <summary>Operators that are no part of TensorFlow Lite's schema, by the names that files call them.</summary>
    private static readonly Dictionary<string, Action<ImportContext>> Custom = new()
    {
        ["LceBMaxPool2d"] = LceMaxPool.Import,
        ["LceBconv2d"] = LceConvolution.Import,
        ["LceDequantize"] = LceDequantize.Import,
        ["LceQuantize"] = LceQuantize.Import,
        ["SignalEnergy"] = Energy.Import,
        ["SignalFftAutoScale"] = FftAutoScale.Import,
        ["SignalFilterBank"] = FilterBank.Import,
        ["SignalFilterBankLog"] = FilterBankLog.Import,
        ["SignalFilterBankSpectralSubtraction"] = FilterBankSpectralSubtraction.Import,
        ["SignalFilterBankSquareRoot"] = FilterBankSquareRoot.Import,
        ["SignalPCAN"] = Pcan.Import,
        ["SignalRfft"] = Rfft.Import,
        ["SignalWindow"] = SignalWindow.Import,
        ["TFLite_Detection_PostProcess"] = DetectionPostprocess.Import,
    };

    public static IReadOnlyList<string> Names => [.. Importers.Keys.Select(code => code.ToString()), .. Custom.Keys];

    /// <summary>Who reads the operator; null when nobody does.</summary>
    public static Action<ImportContext>? Find(TfliteOperator source) =>
        source.CustomName is { } name ? Custom.GetValueOrDefault(name) : Importers.GetValueOrDefault(source.Code);
}
