// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>Generators of lines as they stand in cases.txt: a failure prints the line, which can then be added there.</summary>
internal static class RandomCases
{
    private static readonly Gen<string> Scale = Gen.Elements("0.5", "0.1", "0.0235294122", "0.00392156886", "1", "0.02", "0.3");
    private static readonly Gen<string> Activation = Gen.Elements("NONE", "RELU", "RELU6", "RELU_N1_TO_1");
    private static readonly Gen<string> Quantization =
        from scale in Scale
        from zeroPoint in Gen.OneOf(Gen.Choose(-128, 127), Gen.Elements(-128, 0, 127))
        select $"{scale}@{zeroPoint}";

    private static readonly Gen<Axis> Axes =
        from same in Gen.Elements(true, false)
        from size in Gen.Choose(1, 9)
        from filter in Gen.Choose(1, 5)
        from stride in Gen.Choose(1, 4)
        from dilation in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(2, 4)))
        let reach = ((filter - 1) * dilation) + 1
        let input = same ? size : size + reach - 1
        select new Axis(input, filter, stride, dilation);

    public static Gen<string> FullyConnected { get; } =
        from batch in Gen.Choose(1, 3)
        from inSize in Gen.Choose(1, 40)
        from outSize in Gen.Choose(1, 19)
        from perChannel in Gen.Elements("~0.02@0#0", "0.013@0", "0.3@0", "0.02@-7")
        from activation in Activation
        from input in Quantization
        from output in Quantization
        select $"FULLY_CONNECTED Activation={activation} | int8[{batch},{inSize}] {input} | const int8[{outSize},{inSize}] {perChannel} | const int32[{outSize}] -900..900 -> int8[{batch},{outSize}] {output}";

    public static Gen<string> Conv2D { get; } =
        from window in Windows
        from groups in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Choose(2, 3)))
        from filterDepth in Gen.Choose(1, 9)
        from groupSize in Gen.Choose(1, 9)
        from activation in Activation
        from scales in Gen.Elements("~0.02@0#0", "0.013@0")
        from input in Quantization
        from output in Quantization
        let outDepth = groups * groupSize
        select $"CONV_2D {window.Attributes} {window.Dilations} Activation={activation} | int8[{window.Batch},{window.Y.In},{window.X.In},{groups * filterDepth}] {input} | const int8[{outDepth},{window.Y.Filter},{window.X.Filter},{filterDepth}] {scales} | const int32[{outDepth}] -900..900 -> int8[{window.Batch},{window.OutY},{window.OutX},{outDepth}] {output}";

    public static Gen<string> DepthwiseConv2D { get; } =
        from window in Windows
        from depth in Gen.Choose(1, 11)
        from multiplier in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(2, 4)))
        from activation in Activation
        from scales in Gen.Elements("~0.02@0#3", "0.013@0")
        from input in Quantization
        from output in Quantization
        let outDepth = depth * multiplier
        select $"DEPTHWISE_CONV_2D {window.Attributes} {window.Dilations} DepthMultiplier={multiplier} Activation={activation} | int8[{window.Batch},{window.Y.In},{window.X.In},{depth}] {input} | const int8[1,{window.Y.Filter},{window.X.Filter},{outDepth}] {scales} | const int32[{outDepth}] -900..900 -> int8[{window.Batch},{window.OutY},{window.OutX},{outDepth}] {output}";

    public static Gen<string> Pool { get; } =
        from code in Gen.Elements("AVERAGE_POOL_2D", "MAX_POOL_2D")
        from window in Windows.Where(window => window.X.Dilation == 1 && window.Y.Dilation == 1)
        from depth in Gen.Choose(1, 6)
        from activation in Activation
        from quantization in Quantization
        select $"{code} {window.Attributes} FilterHeight={window.Y.Filter} FilterWidth={window.X.Filter} Activation={activation} | int8[{window.Batch},{window.Y.In},{window.X.In},{depth}] {quantization} -> int8[{window.Batch},{window.OutY},{window.OutX},{depth}] {quantization}";

    public static Gen<string> Softmax { get; } =
        from rows in Gen.Choose(1, 4)
        from depth in Gen.Choose(1, 40)
        from beta in Gen.Elements("1", "0.5", "2.5")
        from input in Quantization
        from output in Gen.Elements(("int8", "0.00390625@-128"), ("int16", "0.0000152587890625@-32768"))
        select $"SOFTMAX Beta={beta} | int8[{rows},{depth}] {input} -> {output.Item1}[{rows},{depth}] {output.Item2}";

    public static Gen<string> Reduce { get; } =
        from code in Gen.Elements("MEAN", "SUM", "REDUCE_MAX", "REDUCE_MIN")
        from rank in Gen.Choose(1, 5)
        from sizes in Gen.ArrayOf(Gen.Choose(1, 5), rank)
        from mask in Gen.Choose(1, (1 << rank) - 1)
        from keep in Gen.Elements(true, false)
        from input in Quantization
        from other in Quantization
        let axes = Enumerable.Range(0, rank).Where(axis => (mask >> axis & 1) == 1).ToArray()
        let shape = sizes.Select((size, axis) => axes.Contains(axis) ? 1 : size).Where((_, axis) => keep || !axes.Contains(axis))
        select $"{code} KeepDims={keep} | int8[{string.Join(',', sizes)}] {input} | const int32[{axes.Length}] {string.Join(',', axes)} -> int8[{string.Join(',', shape)}] {(code.StartsWith("REDUCE") ? input : other)}";

    public static Gen<string> BinaryConvolution { get; } =
        from window in Windows
        from pad in Gen.Choose(0, 1)
        from groups in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Choose(2, 3)))
        from words in Gen.Choose(1, 5)
        from groupSize in Gen.Choose(1, 35)
        from activation in Gen.Choose(0, 3)
        from quantization in Quantization
        from output in Gen.Choose(0, 2)
        let channels = 32 * words
        let outDepth = groups * groupSize
        let sums = window.Y.Filter * window.X.Filter * channels
        let bits = "-2147483648..2147483647"
        let transform = $"const float32[{outDepth}] -0.2..0.2 | const float32[{outDepth}] -20..20 | none ->"
        let result = output switch
        {
            0 => $"none | none | const int32[{outDepth}] {(sums / 2) - 9}..{(sums / 2) + 9} -> int32[{window.Batch},{window.OutY},{window.OutX},{(outDepth + 31) / 32}]",
            1 => $"{transform} int8[{window.Batch},{window.OutY},{window.OutX},{outDepth}] {quantization}",
            _ => $"{transform} float32[{window.Batch},{window.OutY},{window.OutX},{outDepth}]",
        }
        select $"LceBconv2d {window.BinaryAttributes} channels_in={groups * channels} pad_values={pad} fused_activation_function={activation} | int32[{window.Batch},{window.Y.In},{window.X.In},{groups * words}] {bits} | const int32[{outDepth},{window.Y.Filter},{window.X.Filter},{words}] {bits} | {result}";

    private static Gen<WindowText> Windows =>
        from same in Gen.Elements(true, false)
        from y in Axes
        from x in Axes
        from batch in Gen.Choose(1, 2)
        where same || (y.Fits && x.Fits)
        select new WindowText(same, batch, y, x);

    private sealed record Axis(int In, int Filter, int Stride, int Dilation)
    {
        public bool Fits => In >= Reach;

        private int Reach => ((Filter - 1) * Dilation) + 1;

        public int Out(bool same) => ((same ? In : In - Reach + 1) + Stride - 1) / Stride;
    }

    private sealed record WindowText(bool Same, int Batch, Axis Y, Axis X)
    {
        public int OutY => Y.Out(Same);

        public int OutX => X.Out(Same);

        public string Attributes => $"Padding={(Same ? "SAME" : "VALID")} StrideH={Y.Stride} StrideW={X.Stride}";

        public string BinaryAttributes =>
            $"padding={(Same ? 0 : 1)} stride_height={Y.Stride} stride_width={X.Stride} dilation_height_factor={Y.Dilation} dilation_width_factor={X.Dilation}";

        public string Dilations => $"DilationH={Y.Dilation} DilationW={X.Dilation}";
    }
}
