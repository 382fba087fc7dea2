// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Tests.OpCases.OpDraw;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>
/// A line as it stands in cases.txt for every operator that <see cref="RandomCases"/> has no generator of its own for: random shapes, quantizations and
/// attributes. One line of this table is one operator, or a group of them on floats.
/// </summary>
internal static class RandomOps
{
    public static IReadOnlyDictionary<string, Func<OpDraw, string>> All { get; } = new Dictionary<string, Func<OpDraw, string>>
    {
        ["ABS"] = Table,
        ["ADD"] = draw => Binary("ADD", draw, spread: 3),
        ["SUB"] = draw => Binary("SUB", draw, spread: 3),
        ["MUL"] = draw => Binary("MUL", draw, spread: 8),
        ["SQUARED_DIFFERENCE"] = draw => Binary("SQUARED_DIFFERENCE", draw, spread: 3),
        ["MAXIMUM"] = draw => Same("MAXIMUM version=2", draw),
        ["MINIMUM"] = draw => Same("MINIMUM version=2", draw),
        ["PRELU"] = draw => Binary("PRELU", draw, spread: 3, fewest: 1),
        ["DIV"] = Division,
        ["ADD_N"] = Sum,
        ["LEAKY_RELU"] = draw => Line($"LEAKY_RELU version=2 Alpha={Number(draw.Next(-99, 99) / 64.0)} no-oracle", draw, draw.Int8(), near: true),
        ["HARD_SWISH"] = draw => Line("HARD_SWISH", draw, draw.Int8(), near: true),
        ["RELU"] = draw => Line("RELU version=2", draw, draw.Int8(), near: true),
        ["RELU6"] = draw => Line("RELU6 version=2", draw, draw.Int8(), near: false), // TensorFlow Lite rescales, TFLite Micro does not
        ["QUANTIZE"] = Rescale,
        ["DEQUANTIZE"] = Real,
        ["LOGISTIC"] = draw => Sigmoid("LOGISTIC", "0.00390625@-128", "0.000030517578125@0", draw),
        ["TANH"] = draw => Sigmoid("TANH", "0.0078125@0", "0.000030517578125@0", draw),
        ["EQUAL"] = draw => Compare("EQUAL", draw),
        ["NOT_EQUAL"] = draw => Compare("NOT_EQUAL", draw),
        ["LESS"] = draw => Compare("LESS", draw),
        ["GREATER_EQUAL"] = draw => Compare("GREATER_EQUAL", draw),
        ["LOGICAL_AND"] = draw => Logical("LOGICAL_AND", draw),
        ["LOGICAL_OR"] = draw => Logical("LOGICAL_OR", draw),
        ["SELECT_V2"] = Select,
        ["ARG_MAX"] = draw => Arg("ARG_MAX", draw),
        ["ARG_MIN"] = draw => Arg("ARG_MIN", draw),
        ["CUMSUM"] = Cumsum,
        ["L2_NORMALIZATION"] = draw => Rows("L2_NORMALIZATION", draw, draw.Int8(), "0.0078125@0"),
        ["BATCH_MATMUL"] = Product,
        ["SVDF"] = Svdf,
        ["CONCATENATION"] = RandomMoves.Concatenation,
        ["PACK"] = RandomMoves.Pack,
        ["UNPACK"] = RandomMoves.Unpack,
        ["SPLIT"] = RandomMoves.Split,
        ["SLICE"] = RandomMoves.Slice,
        ["STRIDED_SLICE"] = RandomMoves.StridedSlice,
        ["TRANSPOSE"] = RandomMoves.Transpose,
        ["REVERSE_V2"] = RandomMoves.Reverse,
        ["PAD"] = RandomMoves.Pad,
        ["MIRROR_PAD"] = RandomMoves.MirrorPad,
        ["TILE"] = RandomMoves.Tile,
        ["BROADCAST_TO"] = RandomMoves.BroadcastTo,
        ["GATHER"] = RandomMoves.Gather,
        ["GATHER_ND"] = RandomMoves.GatherNd,
        ["DYNAMIC_UPDATE_SLICE"] = RandomMoves.UpdateSlice,
        ["EMBEDDING_LOOKUP"] = RandomMoves.Lookup,
        ["SPACE_TO_DEPTH"] = RandomMoves.SpaceToDepth,
        ["DEPTH_TO_SPACE"] = RandomMoves.DepthToSpace,
        ["SPACE_TO_BATCH_ND"] = RandomMoves.SpaceToBatch,
        ["RESIZE_NEAREST_NEIGHBOR"] = draw => RandomMoves.Resize("RESIZE_NEAREST_NEIGHBOR", draw),
        ["RESIZE_BILINEAR"] = draw => RandomMoves.Resize("RESIZE_BILINEAR", draw),
        ["CAST"] = RandomFloats.Cast,
        ["TRANSPOSE_CONV"] = RandomFloats.TransposedConvolution,
        ["elementwise float32"] = RandomFloats.Elementwise,
        ["pairs of float32"] = RandomFloats.Pairs,
        ["rows of float32"] = RandomFloats.Rows,
        ["reductions of float32"] = RandomFloats.Reduced,
        ["windows of float32"] = RandomFloats.Windows,
        ["FULLY_CONNECTED of float32"] = RandomFloats.Dense,
        ["SignalWindow"] = RandomSignals.Window,
        ["SignalFftAutoScale"] = RandomSignals.FftAutoScale,
        ["SignalRfft"] = RandomSignals.Rfft,
        ["SignalEnergy"] = RandomSignals.Energy,
        ["SignalFilterBank"] = RandomSignals.FilterBank,
        ["SignalFilterBankSquareRoot"] = RandomSignals.SquareRoot,
        ["SignalFilterBankSpectralSubtraction"] = RandomSignals.SpectralSubtraction,
        ["SignalPCAN"] = RandomSignals.Pcan,
        ["SignalFilterBankLog"] = RandomSignals.Log,
        ["TFLite_Detection_PostProcess"] = RandomSignals.Detections,
    };

    private static string Table(OpDraw draw) => Line("ABS", draw, draw.Int8(), near: false);

    private static string Line(string code, OpDraw draw, string input, bool near)
    {
        var shape = Text(draw.Shape());
        return $"{code} | int8[{shape}] {input} -> int8[{shape}] {(near ? draw.Near(input) : input)}";
    }

    private static string Rows(string code, OpDraw draw, string input, string output)
    {
        var shape = Text(draw.Shape(fewest: 2, largest: 20));
        return $"{code} | int8[{shape}] {input} -> int8[{shape}] {output}";
    }

    private static string Sigmoid(string code, string narrow, string wide, OpDraw draw)
    {
        var shape = Text(draw.Shape(largest: 9));
        return draw.OneIn(2) ? $"{code} no-oracle | int8[{shape}] {draw.Int8()} -> int8[{shape}] {narrow}" : $"{code} no-oracle | int16[{shape}] {draw.Int16()} -> int16[{shape}] {wide}";
    }

    // Broadcasting either way; the output's scale fits the result more or less.
    private static string Binary(string code, OpDraw draw, double spread, int fewest = 1)
    {
        var shape = draw.Shape(fewest);
        var (a, b) = (shape, draw.Repeated(shape));
        (a, b) = code != "PRELU" && draw.OneIn(2) ? (b, a) : (a, b);
        if (code == "PRELU")
        {
            b = shape;
        }

        var (qa, wide) = (draw.Int8(), code is "ADD" or "SUB" or "MUL" && draw.OneIn(4));
        if (wide)
        {
            qa = draw.Int16();
            return $"{code} version=2 no-oracle | int16[{Text(a)}] {qa} | int16[{Text(b)}] {draw.Near(qa).Split('@')[0]}@0 -> int16[{Text(shape)}] {draw.Near(qa, spread).Split('@')[0]}@0";
        }

        var activation = code is "ADD" or "SUB" or "MUL" ? $" Activation={draw.Of("NONE", "RELU", "RELU6", "RELU_N1_TO_1")}" : "";
        var version = code == "PRELU" ? "version=1" : "version=2";
        return $"{code} {version}{activation} | int8[{Text(a)}] {qa} | {(draw.OneIn(3) ? "const " : "")}int8[{Text(b)}] {draw.Near(qa)} -> int8[{Text(shape)}] {draw.Near(qa, spread)}";
    }

    private static string Same(string code, OpDraw draw)
    {
        var (shape, quantization) = (draw.Shape(), draw.Int8());
        return $"{code} | int8[{Text(shape)}] {quantization} | int8[{Text(draw.Repeated(shape))}] {quantization} -> int8[{Text(shape)}] {quantization}";
    }

    private static string Division(OpDraw draw)
    {
        var (shape, quantization) = (draw.Shape(), draw.Int8());
        return $"DIV version=2 no-oracle | int8[{Text(shape)}] {quantization} | const int8[1] {Number(0.1)}@7 {draw.Of(-128, -1, 8, 50, 127)} -> int8[{Text(shape)}] {draw.Near(quantization, 9)}";
    }

    private static string Sum(OpDraw draw)
    {
        var (shape, quantization) = (Text(draw.Shape()), draw.Int8());
        var inputs = string.Join(" | ", Enumerable.Repeat($"int8[{shape}] {quantization}", draw.Next(1, 5)));
        return $"ADD_N no-oracle | {inputs} -> int8[{shape}] {draw.Near(quantization)}";
    }

    private static string Rescale(OpDraw draw)
    {
        var shape = Text(draw.Shape());
        return draw.Next(0, 2) switch
        {
            0 => $"QUANTIZE version=2 | float32[{shape}] -12..12 -> int8[{shape}] {draw.Int8()}",
            1 => draw.Int8() is var input ? $"QUANTIZE version=2 | int8[{shape}] {input} -> int8[{shape}] {draw.Near(input, 20)}" : "",
            _ => $"QUANTIZE version=2 | float32[{shape}] -12..12 -> int16[{shape}] {draw.Int16()}",
        };
    }

    private static string Real(OpDraw draw)
    {
        var shape = Text(draw.Shape());
        return $"DEQUANTIZE version=2 | int8[{shape}] {draw.Int8()} -> float32[{shape}]";
    }

    private static string Compare(string code, OpDraw draw)
    {
        var shape = draw.Shape();
        var (type, a, b) = draw.Of(("int8", $"0.{draw.Next(1, 9)}@3", $"0.{draw.Next(1, 9)}@-5"), ("int32", "-3..3", "-3..3"), ("float32", "-2..2", "-2..2"));
        return $"{code} | {type}[{Text(shape)}] {a} | {type}[{Text(draw.Repeated(shape))}] {b} -> bool[{Text(shape)}]";
    }

    private static string Logical(string code, OpDraw draw)
    {
        var shape = draw.Shape();
        return $"{code} | bool[{Text(shape)}] | bool[{Text(draw.Repeated(shape))}] -> bool[{Text(shape)}]";
    }

    private static string Select(OpDraw draw)
    {
        var (shape, (type, contents)) = (draw.Shape(), draw.Moved());
        return $"SELECT_V2 no-oracle | bool[{Text(draw.Repeated(shape))}] | {type}[{Text(shape)}] {contents} | {type}[{Text(draw.Repeated(shape))}] {contents} -> {type}[{Text(shape)}] {(contents.Contains('@') ? contents : "")}";
    }

    private static string Arg(string code, OpDraw draw)
    {
        var shape = draw.Shape(fewest: 2, largest: 9);
        var axis = draw.Next(0, shape.Length - 1);
        return $"{code} OutputType=INT32 | int8[{Text(shape)}] {draw.Int8()} | const int32[] {(draw.OneIn(2) ? axis : axis - shape.Length)} -> int32[{Text(shape.Where((_, i) => i != axis))}]";
    }

    private static string Cumsum(OpDraw draw)
    {
        var (shape, flags) = (draw.Shape(), $"Exclusive={draw.OneIn(2)} Reverse={draw.OneIn(2)}");
        var (axis, input) = (draw.Next(0, shape.Length - 1), draw.Int8());
        return draw.OneIn(2)
            ? $"CUMSUM {flags} | float32[{Text(shape)}] -9..9 | const int32[] {axis} -> float32[{Text(shape)}]"
            : $"CUMSUM no-oracle {flags} | int8[{Text(shape)}] {input} | const int32[] {axis} -> int8[{Text(shape)}] {draw.Near(input, 5)}";
    }

    private static string Product(OpDraw draw)
    {
        var (m, k, n, x, y) = (draw.Next(1, 7), draw.Next(1, 19), draw.Next(1, 7), draw.OneIn(2), draw.OneIn(2));
        int[] batch = [.. draw.Shape(fewest: 1, most: 2, largest: 3)];
        return $"BATCH_MATMUL no-oracle AdjointX={x} AdjointY={y} | int8[{Text([.. batch, x ? k : m, x ? m : k])}] {draw.Int8()} | int8[{Text([.. batch, y ? n : k, y ? k : n])}] {draw.Int8()} -> int8[{Text([.. batch, m, n])}] {Number(draw.Of(0.5, 2, 40))}@{draw.Of(-5, 0, 127)}";
    }

    private static string Svdf(OpDraw draw)
    {
        var (units, rank, size, memory) = (draw.Next(1, 9), draw.Next(1, 3), draw.Next(1, 20), draw.Next(1, 9));
        var (type, zero) = draw.OneIn(2) ? ("int8", -50) : ("int16", 0);
        var filters = units * rank;
        return $"SVDF no-oracle Rank={rank} Activation={draw.Of("NONE", "RELU")} | int8[1,{size}] 0.05@-128 | const int8[{filters},{size}] 0.009@0 | const {type}[{filters},{memory}] 0.015@0 | const int32[{units}] -500..500 | variable {type}[1,{filters * memory}] {(type == "int8" ? "0.4" : "0.004")}@{zero} -> int8[1,{units}] {draw.Of("0.2", "3", "50")}@{draw.Of(-128, 0, 9)}";
    }
}
