// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>
/// The naive reference of every operator, written from its public definition and from nothing in the compiler. It gets a call
/// and returns the elements of each output.
/// </summary>
internal static class OpReferences
{
    private static readonly Dictionary<BuiltinOperator, Func<ReferenceCall, long[][]>> All = new()
    {
        [BuiltinOperator.ABS] = UnaryReference.Abs,
        [BuiltinOperator.ADD] = ElementwiseReference.Add,
        [BuiltinOperator.ADD_N] = SumReferences.AddN,
        [BuiltinOperator.ARG_MAX] = CastReferences.ArgMax,
        [BuiltinOperator.ARG_MIN] = CastReferences.ArgMin,
        [BuiltinOperator.AVERAGE_POOL_2D] = PoolReference.Average,
        [BuiltinOperator.BATCH_MATMUL] = BatchMatMulReference.Compute,
        [BuiltinOperator.BATCH_TO_SPACE_ND] = SpaceReferences.BatchToSpace,
        [BuiltinOperator.BIDIRECTIONAL_SEQUENCE_LSTM] = LstmReference.Compute,
        [BuiltinOperator.BROADCAST_ARGS] = JoinReferences.BroadcastArgs,
        [BuiltinOperator.BROADCAST_TO] = RepeatReferences.BroadcastTo,
        [BuiltinOperator.CAST] = CastReferences.Cast,
        [BuiltinOperator.CEIL] = UnaryReference.Ceil,
        [BuiltinOperator.CONCATENATION] = JoinReferences.Concatenation,
        [BuiltinOperator.CONV_2D] = ConvolutionReference.Conv2D,
        [BuiltinOperator.COS] = UnaryReference.Cos,
        [BuiltinOperator.CUMSUM] = SumReferences.Cumsum,
        [BuiltinOperator.DEPTHWISE_CONV_2D] = ConvolutionReference.Depthwise,
        [BuiltinOperator.DEPTH_TO_SPACE] = SpaceReferences.DepthToSpace,
        [BuiltinOperator.DEQUANTIZE] = UnaryReference.Dequantize,
        [BuiltinOperator.DIV] = ElementwiseReference.Div,
        [BuiltinOperator.DYNAMIC_UPDATE_SLICE] = RepeatReferences.UpdateSlice,
        [BuiltinOperator.ELU] = UnaryReference.Elu,
        [BuiltinOperator.EMBEDDING_LOOKUP] = RepeatReferences.EmbeddingLookup,
        [BuiltinOperator.EQUAL] = LogicReferences.Compare((a, b) => a == b),
        [BuiltinOperator.EXPAND_DIMS] = JoinReferences.Reshape,
        [BuiltinOperator.EXP] = UnaryReference.Exp,
        [BuiltinOperator.FILL] = RepeatReferences.Fill,
        [BuiltinOperator.FLOOR] = UnaryReference.Floor,
        [BuiltinOperator.FULLY_CONNECTED] = FullyConnectedReference.Compute,
        [BuiltinOperator.GATHER] = RepeatReferences.Gather,
        [BuiltinOperator.GATHER_ND] = RepeatReferences.GatherNd,
        [BuiltinOperator.GREATER] = LogicReferences.Compare((a, b) => a > b),
        [BuiltinOperator.GREATER_EQUAL] = LogicReferences.Compare((a, b) => a >= b),
        [BuiltinOperator.HARD_SWISH] = UnaryReference.HardSwish,
        [BuiltinOperator.L2_NORMALIZATION] = SumReferences.L2Normalization,
        [BuiltinOperator.LEAKY_RELU] = UnaryReference.LeakyRelu,
        [BuiltinOperator.LESS] = LogicReferences.Compare((a, b) => a < b),
        [BuiltinOperator.LESS_EQUAL] = LogicReferences.Compare((a, b) => a <= b),
        [BuiltinOperator.LOGICAL_AND] = LogicReferences.And,
        [BuiltinOperator.LOGICAL_NOT] = LogicReferences.Not,
        [BuiltinOperator.LOGICAL_OR] = LogicReferences.Or,
        [BuiltinOperator.LOGISTIC] = UnaryReference.Logistic,
        [BuiltinOperator.LOG_SOFTMAX] = LogSoftmaxReference.Compute,
        [BuiltinOperator.LOG] = UnaryReference.Log,
        [BuiltinOperator.MAXIMUM] = ElementwiseReference.Maximum,
        [BuiltinOperator.MAX_POOL_2D] = PoolReference.Max,
        [BuiltinOperator.MEAN] = ReduceReference.Mean,
        [BuiltinOperator.MINIMUM] = ElementwiseReference.Minimum,
        [BuiltinOperator.MIRROR_PAD] = PadReferences.MirrorPad,
        [BuiltinOperator.MUL] = ElementwiseReference.Mul,
        [BuiltinOperator.NEG] = UnaryReference.Neg,
        [BuiltinOperator.NOT_EQUAL] = LogicReferences.Compare((a, b) => a != b),
        [BuiltinOperator.PACK] = JoinReferences.Pack,
        [BuiltinOperator.PADV2] = PadReferences.Pad,
        [BuiltinOperator.PAD] = PadReferences.Pad,
        [BuiltinOperator.PRELU] = ElementwiseReference.Prelu,
        [BuiltinOperator.QUANTIZE] = UnaryReference.Quantize,
        [BuiltinOperator.REDUCE_ALL] = ReduceReference.Min,
        [BuiltinOperator.REDUCE_ANY] = ReduceReference.Max,
        [BuiltinOperator.REDUCE_MAX] = ReduceReference.Max,
        [BuiltinOperator.REDUCE_MIN] = ReduceReference.Min,
        [BuiltinOperator.RELU6] = UnaryReference.Relu6,
        [BuiltinOperator.RELU] = UnaryReference.Relu,
        [BuiltinOperator.RELU_N1_TO_1] = UnaryReference.ReluN1To1,
        [BuiltinOperator.RESHAPE] = JoinReferences.Reshape,
        [BuiltinOperator.RESIZE_BILINEAR] = BilinearReference.Compute,
        [BuiltinOperator.RESIZE_NEAREST_NEIGHBOR] = SpaceReferences.ResizeNearest,
        [BuiltinOperator.REVERSE_V2] = SliceReferences.Reverse,
        [BuiltinOperator.ROUND] = UnaryReference.Round,
        [BuiltinOperator.RSQRT] = UnaryReference.Rsqrt,
        [BuiltinOperator.SELECT_V2] = LogicReferences.Select,
        [BuiltinOperator.SHAPE] = JoinReferences.Shape,
        [BuiltinOperator.SIN] = UnaryReference.Sin,
        [BuiltinOperator.SLICE] = SliceReferences.Slice,
        [BuiltinOperator.SOFTMAX] = call => call.Input.Tensor.Type == TensorType.INT16 ? Softmax16Reference.Compute(call) : SoftmaxReference.Compute(call),
        [BuiltinOperator.SPACE_TO_BATCH_ND] = SpaceReferences.SpaceToBatch,
        [BuiltinOperator.SPACE_TO_DEPTH] = SpaceReferences.SpaceToDepth,
        [BuiltinOperator.SPLIT] = JoinReferences.Split,
        [BuiltinOperator.SPLIT_V] = JoinReferences.SplitV,
        [BuiltinOperator.SQRT] = UnaryReference.Sqrt,
        [BuiltinOperator.SQUARED_DIFFERENCE] = ElementwiseReference.SquaredDifference,
        [BuiltinOperator.SQUARE] = UnaryReference.Square,
        [BuiltinOperator.SQUEEZE] = JoinReferences.Reshape,
        [BuiltinOperator.STRIDED_SLICE] = SliceReferences.StridedSlice,
        [BuiltinOperator.SUB] = ElementwiseReference.Sub,
        [BuiltinOperator.SUM] = ReduceReference.Sum,
        [BuiltinOperator.SVDF] = SvdfReference.Compute,
        [BuiltinOperator.TANH] = UnaryReference.Tanh,
        [BuiltinOperator.TILE] = RepeatReferences.Tile,
        [BuiltinOperator.TRANSPOSE] = SliceReferences.Transpose,
        [BuiltinOperator.TRANSPOSE_CONV] = ConvolutionReference.Transpose,
        [BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM] = LstmReference.Compute,
        [BuiltinOperator.UNPACK] = JoinReferences.Unpack,
        [BuiltinOperator.ZEROS_LIKE] = RepeatReferences.Zeros,
    };

    /// <param name="fed">All inputs of one invocation, concatenated in model order.</param>
    public static byte[] Compute(OpCase item, ReadOnlySpan<byte> fed) => Compute(item, Call(item, fed, state: null));

    public static byte[] Compute(OpCase item, ReferenceCall call) => [.. item.Outputs.Zip(Of(item)(call)).SelectMany(output => output.First.Encode(output.Second))];

    /// <param name="state">Left by the invocation before, or null at the start.</param>
    public static ReferenceCall Call(OpCase item, ReadOnlySpan<byte> fed, byte[]? state)
    {
        var bytes = new Dictionary<CaseTensor, byte[]>();
        foreach (var tensor in item.Fed)
        {
            bytes[tensor] = fed[..tensor.ByteSize].ToArray();
            fed = fed[tensor.ByteSize..];
        }

        var operands = item.Inputs.Select(tensor => tensor is null ? null : new ReferenceTensor(tensor, tensor.Constant ?? bytes.GetValueOrDefault(tensor) ?? state ?? Start(tensor))).ToArray();
        return new ReferenceCall(item.Options, operands, item.Outputs) { Custom = item.CustomOptions, State = state };
    }

    /// <summary>The elements of each output of an operator on integers.</summary>
    public static long[][] Compute(BuiltinOperator code, ReferenceCall call) => All[code](call);

    private static Func<ReferenceCall, long[][]> Of(OpCase item) =>
        item.CustomName == "TFLite_Detection_PostProcess" ? DetectionReference.Compute
        : item.CustomName is { } name ? LceReferences.Of(name) ?? SignalReferences.Of(name)
        : item.Outputs[0].Type == TensorType.INT32 && IntegerReference.Of(item.Code) is { } integers ? integers
        : item.Outputs[0].Type == TensorType.FLOAT32 && (FloatReference.All.TryGetValue(item.Code, out var inFloat) || RealReference.All.TryGetValue(item.Code, out inFloat))
            ? call => [[.. inFloat(call).Select(real => (long)BitConverter.SingleToInt32Bits(real))]]
        : All[item.Code];

    private static byte[] Start(CaseTensor variable) => variable.Type == TensorType.FLOAT32 ? new byte[variable.ByteSize] : variable.Encode(Enumerable.Repeat((long)variable.ZeroPoint, variable.Count));
}

/// <summary>An operand with its contents.</summary>
internal sealed record ReferenceTensor(CaseTensor Tensor, byte[] Bytes)
{
    /// <summary>Gets the elements of an integer tensor, row-major.</summary>
    public long[] Values { get; } = Tensor.Type is TensorType.FLOAT16 or TensorType.FLOAT32 ? [] : Tensor.Decode(Bytes);

    /// <summary>Gets the elements of a float tensor, or the reals of a quantized one, row-major.</summary>
    public float[] Floats => Tensor.Type switch
    {
        TensorType.FLOAT32 => MemoryMarshal.Cast<byte, float>(Bytes).ToArray(),
        TensorType.FLOAT16 => [.. MemoryMarshal.Cast<byte, Half>(Bytes).ToArray().Select(half => (float)half)],
        _ => [.. Values.Select(stored => (float)((double)Tensor.Scale * (stored - Tensor.ZeroPoint)))],
    };

    public int[] Shape => Tensor.Shape;

    /// <summary>The element at these indices.</summary>
    public long At(params ReadOnlySpan<int> indices)
    {
        var at = 0;
        for (var axis = 0; axis < indices.Length; axis++)
        {
            at = (at * Shape[axis]) + indices[axis];
        }

        return Values[at];
    }
}

/// <summary>One call of an operator.</summary>
internal sealed record ReferenceCall(OperatorOptions Options, IReadOnlyList<ReferenceTensor?> Inputs, IReadOnlyList<CaseTensor> Outputs)
{
    /// <summary>Gets the options of a custom operator.</summary>
    public ImmutableSortedDictionary<string, double> Custom { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>Gets what the invocation before has left; null at the start.</summary>
    public byte[]? State { get; init; }

    public ReferenceTensor Input => Inputs[0]!;

    public CaseTensor Output => Outputs[0];

    public ReferenceTensor? Optional(int index) => index < Inputs.Count ? Inputs[index] : null;

    /// <summary>Adds the output's zero point, then cuts to the fused activation, whose real bounds are quantized halves away from zero.</summary>
    public long Activate(long value, ActivationFunction activation)
    {
        long Stored(float real) => Output.ZeroPoint + (long)MathF.Round(real / Output.Scale, MidpointRounding.AwayFromZero);

        var (min, max) = Output.Range;
        (min, max) = activation switch
        {
            ActivationFunction.RELU => (Math.Max(min, Stored(0)), max),
            ActivationFunction.RELU6 => (Math.Max(min, Stored(0)), Math.Min(max, Stored(6))),
            ActivationFunction.RELU_N1_TO_1 => (Math.Max(min, Stored(-1)), Math.Min(max, Stored(1))),
            _ => (min, max),
        };
        return Math.Min(Math.Max(value + Output.ZeroPoint, min), max);
    }
}
