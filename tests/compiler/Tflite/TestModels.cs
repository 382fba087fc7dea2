// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Tflite;

/// <summary>Small models for tests, some of them wrong on purpose.</summary>
internal static class TestModels
{
    /// <summary>sum = a + b over int8[1,4]; tensors 0, 1 (a constant) and 2.</summary>
    public static TfliteModel Add(int[]? inputs = null, int[]? outputs = null)
    {
        var model = new TfliteModelBuilder();
        var a = model.AddTensor("a", TensorType.INT8, [1, 4], 0.5f);
        var b = model.AddTensor("b", TensorType.INT8, [1, 4], 0.5f, 0, new byte[] { 1, 2, 3, 4 });
        var sum = model.AddTensor("sum", TensorType.INT8, [1, 4], 0.5f);
        return model
            .AddOperator(BuiltinOperator.ADD, new AddOptions(ActivationFunction.NONE), inputs ?? [a, b], outputs ?? [sum])
            .Inputs(a).Outputs(sum).Build();
    }

    /// <summary>One operator from x to y, whether or not that makes sense.</summary>
    public static TfliteModel One(BuiltinOperator code, OperatorOptions options)
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor("x", TensorType.INT8, [1, 4, 4, 1], 0.5f);
        var y = model.AddTensor("y", TensorType.INT8, [1, 4, 4, 1], 0.5f);
        return model.AddOperator(code, options, [x], [y]).Inputs(x).Outputs(y).Build();
    }

    /// <summary>One operator with each record of options, no attribute at its default.</summary>
    public static TfliteModel EveryOption()
    {
        (BuiltinOperator Code, OperatorOptions Options)[] operators =
        [
            (BuiltinOperator.ADD, new AddOptions(ActivationFunction.RELU, PotScaleInt16: false)),
            (BuiltinOperator.ARG_MAX, new ArgMaxOptions(TensorType.INT64)),
            (BuiltinOperator.ARG_MIN, new ArgMinOptions(TensorType.INT32)),
            (BuiltinOperator.BATCH_MATMUL, new BatchMatMulOptions(true, true, true)),
            (BuiltinOperator.BIDIRECTIONAL_SEQUENCE_LSTM, new BidirectionalSequenceLstmOptions(ActivationFunction.TANH, 2, 3, MergeOutputs: true, TimeMajor: false, true)),
            (BuiltinOperator.CALL_ONCE, new CallOnceOptions(1)),
            (BuiltinOperator.CAST, new CastOptions(TensorType.INT8, TensorType.INT16)),
            (BuiltinOperator.CONCATENATION, new ConcatenationOptions(-1, ActivationFunction.RELU6)),
            (BuiltinOperator.CONV_2D, new Conv2DOptions(Padding.VALID, 2, 3, 4, 5, ActivationFunction.RELU_N1_TO_1, TensorType.INT64)),
            (BuiltinOperator.CUMSUM, new CumsumOptions(true, true)),
            (BuiltinOperator.DEPTH_TO_SPACE, new DepthToSpaceOptions(2)),
            (BuiltinOperator.DEPTHWISE_CONV_2D, new DepthwiseConv2DOptions(Padding.VALID, 2, 3, 4, 5, 6, ActivationFunction.TANH)),
            (BuiltinOperator.DIV, new DivOptions(ActivationFunction.SIGN_BIT)),
            (BuiltinOperator.FULLY_CONNECTED, new FullyConnectedOptions(
                ActivationFunction.RELU, FullyConnectedWeights.SHUFFLED4x16INT8, true, true, TensorType.INT32)),
            (BuiltinOperator.GATHER, new GatherOptions(2, 1)),
            (BuiltinOperator.GELU, new GeluOptions(true)),
            (BuiltinOperator.IF, new IfOptions(1, 1)),
            (BuiltinOperator.L2_NORMALIZATION, new L2NormOptions(ActivationFunction.RELU)),
            (BuiltinOperator.LEAKY_RELU, new LeakyReluOptions(0.25f)),
            (BuiltinOperator.LSTM, new LstmOptions(ActivationFunction.TANH, 2, 3, LstmKernel.BASIC, true)),
            (BuiltinOperator.MAX_POOL_2D, new Pool2DOptions(Padding.VALID, 2, 3, 4, 5, ActivationFunction.RELU)),
            (BuiltinOperator.MEAN, new ReducerOptions(true)),
            (BuiltinOperator.MIRROR_PAD, new MirrorPadOptions(MirrorPadMode.SYMMETRIC)),
            (BuiltinOperator.MUL, new MulOptions(ActivationFunction.RELU)),
            (BuiltinOperator.ONE_HOT, new OneHotOptions(-1)),
            (BuiltinOperator.PACK, new PackOptions(2, 3)),
            (BuiltinOperator.RESHAPE, new ReshapeOptions([1, -1, 3])),
            (BuiltinOperator.RESIZE_BILINEAR, new ResizeBilinearOptions(true, true)),
            (BuiltinOperator.RESIZE_NEAREST_NEIGHBOR, new ResizeNearestNeighborOptions(true, true)),
            (BuiltinOperator.SHAPE, new ShapeOptions(TensorType.INT32)),
            (BuiltinOperator.SOFTMAX, new SoftmaxOptions(1.5f)),
            (BuiltinOperator.SPACE_TO_DEPTH, new SpaceToDepthOptions(3)),
            (BuiltinOperator.SPLIT, new SplitOptions(4)),
            (BuiltinOperator.SPLIT_V, new SplitVOptions(5)),
            (BuiltinOperator.SQUEEZE, new SqueezeOptions([0, -2])),
            (BuiltinOperator.STRIDED_SLICE, new StridedSliceOptions(1, 2, 3, 4, 5, true)),
            (BuiltinOperator.SUB, new SubOptions(ActivationFunction.RELU, PotScaleInt16: false)),
            (BuiltinOperator.SVDF, new SvdfOptions(2, ActivationFunction.RELU, true)),
            (BuiltinOperator.TRANSPOSE_CONV, new TransposeConvOptions(Padding.VALID, 2, 3, ActivationFunction.RELU, TensorType.INT64)),
            (BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM, new UnidirectionalSequenceLstmOptions(ActivationFunction.TANH, 2, 3, true, true, true)),
            (BuiltinOperator.UNPACK, new UnpackOptions(2, 3)),
            (BuiltinOperator.VAR_HANDLE, new VarHandleOptions("container", "name")),
            (BuiltinOperator.WHILE, new WhileOptions(1, 1)),
        ];

        var model = One(BuiltinOperator.RELU, new NoOptions());
        var main = model.Subgraphs[0] with
        {
            Operators = [.. operators.Select(op => new TfliteOperator { Code = op.Code, Options = op.Options, Inputs = [0], Outputs = [1] })],
        };
        return model with { Subgraphs = [main, model.Subgraphs[0]] };
    }

    /// <summary>A model of one tensor, which is its input and its output.</summary>
    public static TfliteModel Single(TfliteTensor tensor)
    {
        var model = new TfliteModelBuilder();
        var x = model.AddTensor(tensor);
        return model.Inputs(x).Outputs(x).Build();
    }

    /// <summary>A file of one tensor whose table, and whose only buffer's, the caller fills in.</summary>
    public static byte[] Raw(Action<FlatTableBuilder> tensor, Action<FlatTableBuilder>? buffer = null)
    {
        var (tensorTable, bufferTable, subgraph, root) = (new FlatTableBuilder(), new FlatTableBuilder(), new FlatTableBuilder(), new FlatTableBuilder());
        tensorTable.String(3, "t");
        tensor(tensorTable);
        buffer?.Invoke(bufferTable);
        subgraph.Tables(0, [tensorTable]);
        root.Int(0, TfliteSchema.Version);
        root.Tables(2, [subgraph]);
        root.Tables(4, [new FlatTableBuilder(), bufferTable]);
        return FlatBufferWriter.Write(root, "TFL3"u8);
    }

    /// <summary>A file of one operator, with its code as given in the old field (0) and in the current one (3).</summary>
    public static byte[] WithOperatorCode(byte old, int current)
    {
        var (code, subgraph, root) = (new FlatTableBuilder(), new FlatTableBuilder(), new FlatTableBuilder());
        code.Byte(0, old);
        code.Int(3, current);
        subgraph.Tables(3, [new FlatTableBuilder()]);
        root.Int(0, TfliteSchema.Version);
        root.Tables(1, [code]);
        root.Tables(2, [subgraph]);
        return FlatBufferWriter.Write(root, "TFL3"u8);
    }
}
