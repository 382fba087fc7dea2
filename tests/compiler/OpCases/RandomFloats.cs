// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Tests.OpCases.OpDraw;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>Lines of operators on float32, of conversions, and of the transposed convolution.</summary>
internal static class RandomFloats
{
    /// <summary>One operand, element by element, and where it is fed from.</summary>
    private static readonly (string Code, string Range)[] Unary =
    [
        ("NEG", "-9..9"), ("SQRT", "0..1000"), ("SQUARE", "-9..9"), ("FLOOR", "-99..99"), ("CEIL no-oracle", "-99..99"), ("ROUND", "-9..9"), ("RSQRT", "0.01..50"), ("ABS", "-9..9"),
        ("EXP no-oracle", "-30..30"), ("LOG no-oracle", "0.001..9999"), ("SIN no-oracle", "-7..7"), ("COS no-oracle", "-7..7"), ("ELU no-oracle", "-9..9"), ("HARD_SWISH no-oracle", "-9..9"),
        ("RELU version=2", "-9..9"), ("RELU6 version=2", "-9..9"), ("RELU_N1_TO_1", "-9..9"), ("LOGISTIC no-oracle", "-20..20"), ("TANH no-oracle", "-20..20"), ("LEAKY_RELU Alpha=0.3", "-9..9"),
    ];

    public static string Elementwise(OpDraw draw)
    {
        var (shape, (code, range)) = (Text(draw.Shape()), draw.Of(Unary));
        return $"{code} | float32[{shape}] {range} -> float32[{shape}]";
    }

    /// <summary>Either operand is repeated.</summary>
    public static string Pairs(OpDraw draw)
    {
        var (code, range) = draw.Of(
            ("ADD version=2", "-9..9"), ("SUB version=2", "-9..9"), ("MUL version=2", "-9..9"), ("DIV", "0.5..9"), ("MAXIMUM", "-9..9"), ("MINIMUM", "-9..9"), ("SQUARED_DIFFERENCE", "-9..9"), ("FLOOR_DIV", "0.5..9"), ("FLOOR_MOD", "0.5..9"));
        var shape = draw.Shape();
        return $"{code} | float32[{Text(shape)}] -9..9 | {(draw.OneIn(3) ? "const " : "")}float32[{Text(draw.Repeated(shape))}] {range} -> float32[{Text(shape)}]";
    }

    public static string Rows(OpDraw draw)
    {
        var (code, shape) = (draw.Of("SOFTMAX Beta=1", "SOFTMAX Beta=0.5", "LOG_SOFTMAX", "L2_NORMALIZATION"), Text(draw.Shape(fewest: 2, largest: 20)));
        return $"{code} no-oracle | float32[{shape}] -5..5 -> float32[{shape}]";
    }

    public static string Reduced(OpDraw draw)
    {
        var (code, shape, keep) = (draw.Of("MEAN no-oracle", "SUM no-oracle", "REDUCE_MAX", "REDUCE_MIN"), draw.Shape(fewest: 2), draw.OneIn(2));
        int[] axes = [.. draw.Shuffled(shape.Length).Take(draw.Next(1, shape.Length)).Order()];
        var left = shape.Select((size, axis) => axes.Contains(axis) ? 1 : size).Where((_, axis) => keep || !axes.Contains(axis));
        return $"{code} KeepDims={keep} | float32[{Text(shape)}] -9..9 | const int32[{axes.Length}] {Text(axes)} -> float32[{Text(left)}]";
    }

    public static string Windows(OpDraw draw)
    {
        var (code, depth, x, y) = (draw.Next(0, 3), draw.Next(1, 5), new Axis(draw), new Axis(draw));
        var (same, outDepth) = (draw.OneIn(2) || !x.Fits || !y.Fits, draw.Next(1, 5));
        var (window, activation) = ($"Padding={(same ? "SAME" : "VALID")} StrideW={x.Stride} StrideH={y.Stride}", $"Activation={draw.Of("NONE", "RELU", "RELU6")}");
        string Image(int channels, bool isOutput) => isOutput ? $"float32[1,{y.Out(same)},{x.Out(same)},{channels}]" : $"float32[1,{y.Size},{x.Size},{channels}] -1..1";
        return code switch
        {
            0 => $"CONV_2D no-oracle {window} {activation} | {Image(depth, false)} | const float32[{outDepth},{y.Filter},{x.Filter},{depth}] -1..1 | const float32[{outDepth}] -1..1 -> {Image(outDepth, true)}",
            1 => $"DEPTHWISE_CONV_2D no-oracle {window} {activation} DepthMultiplier={outDepth} | {Image(depth, false)} | const float32[1,{y.Filter},{x.Filter},{depth * outDepth}] -1..1 | const float32[{depth * outDepth}] -1..1 -> {Image(depth * outDepth, true)}",
            2 => $"MAX_POOL_2D {window} FilterHeight={y.Filter} FilterWidth={x.Filter} {activation} | {Image(depth, false)} -> {Image(depth, true)}",
            _ => $"AVERAGE_POOL_2D no-oracle {window} FilterHeight={y.Filter} FilterWidth={x.Filter} {activation} | {Image(depth, false)} -> {Image(depth, true)}",
        };
    }

    public static string Dense(OpDraw draw)
    {
        var (rows, size, units) = (draw.Next(1, 4), draw.Next(1, 40), draw.Next(1, 9));
        return $"FULLY_CONNECTED no-oracle Activation={draw.Of("NONE", "RELU")} | float32[{rows},{size}] -1..1 | const float32[{units},{size}] -1..1 | const float32[{units}] -1..1 -> float32[{rows},{units}]";
    }

    /// <summary>Of int8, which TensorFlow Lite rounds alike, and of floats.</summary>
    public static string TransposedConvolution(OpDraw draw)
    {
        var (batch, depth, outDepth, x, y, same) = (draw.Next(1, 2), draw.Next(1, 6), draw.Next(1, 6), new Axis(draw), new Axis(draw), draw.OneIn(2));
        int Out(Axis axis) => same ? axis.Size * axis.Stride : ((axis.Size - 1) * axis.Stride) + axis.Filter;
        int[] output = [batch, Out(y), Out(x), outDepth];
        var head = $"version=3 Padding={(same ? "SAME" : "VALID")} StrideW={x.Stride} StrideH={y.Stride} | const int32[4] {Text(output)}";
        var (weights, image) = ($"[{outDepth},{y.Filter},{x.Filter},{depth}]", $"[{batch},{y.Size},{x.Size},{depth}]");
        return draw.OneIn(3)
            ? $"TRANSPOSE_CONV no-oracle {head} | const float32{weights} -1..1 | float32{image} -1..1 | const float32[{outDepth}] -1..1 -> float32[{Text(output)}]"
            : $"TRANSPOSE_CONV {head} | const int8{weights} {draw.Of("~0.02@0#0", "0.013@0")} | int8{image} {draw.Int8()} | const int32[{outDepth}] -500..500 -> int8[{Text(output)}] {draw.Int8()}";
    }

    /// <summary>Each type to each; int8 and NaN have no oracle.</summary>
    public static string Cast(OpDraw draw)
    {
        var shape = Text(draw.Shape());
        var (from, contents) = draw.Of(("int8", ""), ("uint8", ""), ("int16", ""), ("int32", " -100000..100000"), ("int64", " -5000000000..5000000000"), ("float32", " -120..120"), ("bool", ""));
        return $"CAST no-oracle | {from}[{shape}]{contents} -> {draw.Of("int8", "uint8", "int16", "int32", "int64", "float32", "bool")}[{shape}]";
    }

    private sealed class Axis(OpDraw draw)
    {
        public int Size { get; } = draw.Next(1, 7);

        public int Filter { get; } = draw.Next(1, 4);

        public int Stride { get; } = draw.Next(1, 3);

        public bool Fits => Size >= Filter;

        public int Out(bool same) => ((same ? Size : Size - Filter + 1) + Stride - 1) / Stride;
    }
}
