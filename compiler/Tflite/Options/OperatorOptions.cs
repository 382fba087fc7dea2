// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>
/// The attributes of one operator. Each kind is a record that reads and writes its own table, so the numbers of the
/// fields in the schema stand once, side by side.
/// </summary>
internal abstract record OperatorOptions
{
    /// <summary>Gets the number of this table in the schema's union of builtin options; 0 means there is none.</summary>
    public abstract byte Kind { get; }

    /// <summary>
    /// Reads the options an operator must have: the result always has the type that belongs to <paramref name="code"/>.
    /// A file may leave the whole table out, and then every attribute has the schema's default.
    /// </summary>
    public static OperatorOptions Read(BuiltinOperator code, byte kind, FlatTable? table, string place)
    {
        var wanted = From(code, default);

        if (kind == 0 || table is null || wanted.Kind == 0)
        {
            return wanted;
        }

        return wanted.Kind == kind
            ? From(code, table.Value)
            : throw new TfliteException($"{place}: its options are of kind {kind} (kind {wanted.Kind} belongs to {code})");
    }

    public abstract void Write(FlatTableBuilder t);

    private static OperatorOptions From(BuiltinOperator code, FlatTable table) => code switch
    {
        BuiltinOperator.ADD => AddOptions.From(table),
        BuiltinOperator.ARG_MAX => ArgMaxOptions.From(table),
        BuiltinOperator.ARG_MIN => ArgMinOptions.From(table),
        BuiltinOperator.AVERAGE_POOL_2D or BuiltinOperator.MAX_POOL_2D or BuiltinOperator.L2_POOL_2D => Pool2DOptions.From(table),
        BuiltinOperator.BATCH_MATMUL => BatchMatMulOptions.From(table),
        BuiltinOperator.BIDIRECTIONAL_SEQUENCE_LSTM => BidirectionalSequenceLstmOptions.From(table),
        BuiltinOperator.CALL_ONCE => CallOnceOptions.From(table),
        BuiltinOperator.CAST => CastOptions.From(table),
        BuiltinOperator.CONCATENATION => ConcatenationOptions.From(table),
        BuiltinOperator.CONV_2D => Conv2DOptions.From(table),
        BuiltinOperator.CUMSUM => CumsumOptions.From(table),
        BuiltinOperator.DEPTH_TO_SPACE => DepthToSpaceOptions.From(table),
        BuiltinOperator.DEPTHWISE_CONV_2D => DepthwiseConv2DOptions.From(table),
        BuiltinOperator.DIV => DivOptions.From(table),
        BuiltinOperator.FULLY_CONNECTED => FullyConnectedOptions.From(table),
        BuiltinOperator.GATHER => GatherOptions.From(table),
        BuiltinOperator.GELU => GeluOptions.From(table),
        BuiltinOperator.IF => IfOptions.From(table),
        BuiltinOperator.L2_NORMALIZATION => L2NormOptions.From(table),
        BuiltinOperator.LEAKY_RELU => LeakyReluOptions.From(table),
        BuiltinOperator.LSTM => LstmOptions.From(table),
        BuiltinOperator.MEAN or BuiltinOperator.SUM or BuiltinOperator.REDUCE_MAX or BuiltinOperator.REDUCE_MIN
            or BuiltinOperator.REDUCE_PROD or BuiltinOperator.REDUCE_ANY or BuiltinOperator.REDUCE_ALL => ReducerOptions.From(table),
        BuiltinOperator.MIRROR_PAD => MirrorPadOptions.From(table),
        BuiltinOperator.MUL => MulOptions.From(table),
        BuiltinOperator.ONE_HOT => OneHotOptions.From(table),
        BuiltinOperator.PACK => PackOptions.From(table),
        BuiltinOperator.RESHAPE => ReshapeOptions.From(table),
        BuiltinOperator.RESIZE_BILINEAR => ResizeBilinearOptions.From(table),
        BuiltinOperator.RESIZE_NEAREST_NEIGHBOR => ResizeNearestNeighborOptions.From(table),
        BuiltinOperator.SHAPE => ShapeOptions.From(table),
        BuiltinOperator.SOFTMAX => SoftmaxOptions.From(table),
        BuiltinOperator.SPACE_TO_DEPTH => SpaceToDepthOptions.From(table),
        BuiltinOperator.SPLIT => SplitOptions.From(table),
        BuiltinOperator.SPLIT_V => SplitVOptions.From(table),
        BuiltinOperator.SQUEEZE => SqueezeOptions.From(table),
        BuiltinOperator.STRIDED_SLICE => StridedSliceOptions.From(table),
        BuiltinOperator.SUB => SubOptions.From(table),
        BuiltinOperator.SVDF => SvdfOptions.From(table),
        BuiltinOperator.TRANSPOSE_CONV => TransposeConvOptions.From(table),
        BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM => UnidirectionalSequenceLstmOptions.From(table),
        BuiltinOperator.UNPACK => UnpackOptions.From(table),
        BuiltinOperator.VAR_HANDLE => VarHandleOptions.From(table),
        BuiltinOperator.WHILE => WhileOptions.From(table),
        _ => new NoOptions(),
    };
}

/// <summary>An operator without attributes, or one that is not read at all (see <see cref="OperatorOptions.Read"/>).</summary>
internal sealed record NoOptions : OperatorOptions
{
    public override byte Kind => 0;

    public override void Write(FlatTableBuilder t)
    {
    }
}
