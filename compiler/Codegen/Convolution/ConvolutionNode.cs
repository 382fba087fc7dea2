// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>A convolution that the family serves, and its shape in the layouts of its input and output.</summary>
internal sealed class ConvolutionNode
{
    /// <summary>Weights that the compiler expands are for small layers of small models: others would fill the image, and stream from flash all the time.</summary>
    private const int LargestExpanded = 8 * 1024;

    private const int LargestPixelStep = 4000;

    /// <summary>A run that has a loop of its own.</summary>
    private const int FewestBytesOfLargeSums = 128;
    private readonly PortableCall _call;
    private readonly int _depth;
    private readonly int _imageDepth;
    private readonly int _outDepth;
    private readonly sbyte[] _weights;
    private readonly int[] _bias;
    private readonly OutputStage _stage;
    private readonly WindowInput? _windows;

    private ConvolutionNode(PortableCall call, int imageDepth, sbyte[] weights, int[] bias, OutputStage stage, WindowInput? windows)
    {
        (_call, _weights, _bias, _stage, _windows) = (call, weights, bias, stage, windows);
        (_depth, _imageDepth, _outDepth) = (call["in_depth"], imageDepth, call["out_depth"]);
    }

    private int LimitedAfter { get; init; }

    private int KernelBytes => _weights.Length / _outDepth;

    /// <summary>Null when it is outside the family, or no cheap form of its output is exact.</summary>
    /// <param name="windows">Where <paramref name="call"/> is from, or null.</param>
    public static ConvolutionNode? Of(Node node, PortableCall call, WindowInput? windows = null)
    {
        var depth = call["in_depth"];
        var (rows, columns) = (call["rows.dilation"] == 1 || call["rows.filter"] == 1, call["columns.dilation"] == 1 || call["columns.filter"] == 1);
        if (!rows || !columns || call["filter_depth"] != depth || depth * call["columns.filter"] < 4
            || call.Constant<sbyte>(1) is not { } weights || !WeightBlock.Fits(weights) || call.Constant<int>(2) is not { } bias
            || (call["batch"] > 1 && !(IsPointwise(call) && depth == node.Input.Shape[-1]))
            || PixelStepOf(call) > LargestPixelStep)
        {
            return null;
        }

        var kernel = weights.Length / bias.Length;
        var effective = bias.Select((b, o) => b - ((long)call["input_zero_point"] * weights.AsSpan(o * kernel, kernel).ToArray().Sum(weight => weight))).ToArray();
        AccumulatorRange[] ranges = [.. effective.Select((b, o) => AccumulatorRange.Of(weights.AsSpan(o * kernel, kernel), b))];
        var (zeroPoint, min, max) = (call["zero_point"], call["min"], call["max"]);
        var stage = OutputStage.Search(ranges, call.Scales(3), zeroPoint, min, max);
        var limited = 0;
        if (stage is null && windows is null && call["columns.filter"] * depth >= FewestBytesOfLargeSums && ranges.All(range => range.FitsWord))
        {
            var large = new LargeSums(weights, call["columns.filter"] * depth, ranges);
            stage = large.CanScale ? OutputStage.Search(large.Scalable, call.Scales(3), zeroPoint, min, max) : null;
            limited = stage is null ? 0 : large.RunsBefore(stage, call.Scales(3), zeroPoint);
            stage = limited > 0 ? stage : null;
        }

        return stage is null ? null : new ConvolutionNode(call, node.Input.Shape[-1], weights, [.. effective.Select(b => (int)b)], stage, windows) { LimitedAfter = limited };
    }

    /// <summary>Signs can be mixed only where every run starts at an even byte.</summary>
    public bool Accepts(Layout input) => input == Layout.RowMajor || (_imageDepth % 2 == 0 && _windows is null);

    /// <summary>
    /// All ways to compute it: in one strip or several, and where weights are few, without scratch for these. Many strips need little scratch,
    /// but each expands the weights.
    /// </summary>
    public IEnumerable<ConvolutionShape> Shapes(Layout input, Layout output)
    {
        ConvolutionShape[] shapes = [.. Heights().Select(rows => _windows is null ? Direct(input, output, rows) : Gathered(_windows, output, rows)).DistinctBy(shape => shape.Strips)];
        return [.. shapes, .. shapes.Where(shape => shape.Blocks * shape.BlockBytes <= LargestExpanded).Select(shape => shape with { Expands = false })];
    }

    /// <summary>Rows of outputs in a strip: all of them, a half, a third, a quarter, a sixth, an eighth and so on.</summary>
    private IEnumerable<int> Heights()
    {
        var outRows = _call["rows.out"];
        for (var parts = 1; parts < outRows; parts *= 2)
        {
            yield return Parts(parts);
            yield return Parts(parts + (parts / 2));
        }

        yield return 1;

        int Parts(int parts) => (outRows + parts - 1) / parts;
    }

    /// <summary>Bytes of weights that are not those of the portable kernel.</summary>
    public long Flash(ConvolutionShape shape) => !shape.Expands ? (long)shape.Blocks * shape.BlockBytes : _call.Input(1) is ConstantOperand ? _weights.Length : 0;

    public KernelCall Call(Node node, ConvolutionShape shape, Core core)
    {
        var table = Enumerable.Range(0, shape.Blocks).SelectMany(block => OutputCode.TableOf(
            _stage, shape.UnsignedOutput, Bias(), Math.Min(block * ConvolutionShape.BlockChannels, Math.Max(0, _outDepth - ConvolutionShape.BlockChannels))));
        return new KernelCall(
            "convolution",
            [],
            [node.Input, Weights(node, shape), ConstantOperand.Of("table", table.ToArray())],
            [node.Output],
            shape.Scratch)
        {
            Routine = ConvolutionRoutine.Of(shape, core),
            Remark = LimitedAfter > 0 ? $"{_stage}; sums limited to {LargeSums.Bits} bits after {LimitedAfter} of {shape.Runs} rows of the filter" : _stage.ToString(),
        };
    }

    private ConvolutionShape Gathered(WindowInput input, Layout output, int rows)
    {
        var (columns, bytes) = (_call["columns.out"], input.Windows.Bytes);
        return new ConvolutionShape(
            Runs: 1, bytes, RunStep: 0, columns, bytes, rows, columns * bytes, _call["rows.out"], _outDepth, PixelBytes(output), columns * PixelBytes(output),
            FlipsInput: false,
            UnsignedOutput: output == Layout.Msi,
            input.Padded(rows),
            input.Windows,
            _stage)
        { OutPlane = PlaneOf(output) };
    }

    private int PlaneOf(Layout output) => output == Layout.Planar ? _call["rows.out"] * _call["columns.out"] : 0;

    private int PixelBytes(Layout output) => output == Layout.Planar ? 1 : _outDepth;

    private ConvolutionShape Direct(Layout input, Layout output, int rows)
    {
        var padded = NeedsStrip();
        var (columns, depth) = (_call["columns.filter"] * _depth, _depth);
        var strip = padded ? StripOf(input, rows) : null;
        var rowBytes = strip?.RowBytes ?? _call["columns.in"] * depth;
        var (outRows, outColumns) = IsPointwise(_call) && !Widens
            ? (1, _call["batch"] * _call["rows.out"] * _call["columns.out"])
            : (_call["rows.out"], _call["columns.out"]);
        var (rowStep, pixelStep) = (rowBytes * _call["rows.stride"], depth * _call["columns.stride"]);

        var (stripRows, outPixelStep, outRowStep) = (strip is null ? outRows : rows, PixelBytes(output), outColumns * PixelBytes(output));

        // Pixels go in pairs down the columns where that leaves fewer of them over.
        if (stripRows == outRows && Pairs(outRows) * outColumns < outRows * Pairs(outColumns) && rowStep <= LargestPixelStep && outRowStep <= LargestPixelStep)
        {
            (outRows, outColumns, rowStep, pixelStep) = (outColumns, outRows, pixelStep, rowStep);
            (stripRows, outPixelStep, outRowStep) = (outRows, outRowStep, outPixelStep);
        }

        return new ConvolutionShape(
            _call["rows.filter"], columns, rowBytes, outColumns, pixelStep, stripRows, rowStep, outRows, _outDepth, outPixelStep, outRowStep,
            FlipsInput: strip is null ? input == Layout.RowMajor : !StripFlips() && input == Layout.RowMajor,
            UnsignedOutput: output == Layout.Msi,
            strip,
            Windows: null,
            _stage)
        { LimitedAfter = LimitedAfter, OutPlane = PlaneOf(output) };
    }

    /// <summary>
    /// Of each channel, times 256: inputs at even indices of a run are read as unsigned numbers that are 128 larger. The last group may
    /// overlap the one before it; then the parity of its bytes is that of the word, as seen from the end.
    /// </summary>
    private int[] Bias()
    {
        var run = _call["columns.filter"] * _depth;
        return [.. _bias.Select((bias, o) => unchecked(256 * (bias - (128 * Enumerable.Range(0, KernelBytes).Where(at => LargeSums.IsUnsigned(at, run)).Sum(at => _weights[(o * KernelBytes) + at])))))];
    }

    // With less than four channels, the block is filled up with weights that are never used.
    private Operand Weights(Node node, ConvolutionShape shape) => !shape.Expands ? WeightBlock.Of(_weights, shape) : _outDepth >= ConvolutionShape.BlockChannels
        ? _call.Input(1) is ConstantOperand packed ? packed : node.Inputs[1]
        : ConstantOperand.Of("weights", [.. _weights, .. new sbyte[(ConvolutionShape.BlockChannels - _outDepth) * KernelBytes]]);

    private static bool IsPointwise(PortableCall call) =>
        call["rows.filter"] == 1 && call["columns.filter"] == 1 && call["rows.stride"] == 1 && call["columns.stride"] == 1
        && call["rows.pad"] == 0 && call["columns.pad"] == 0 && call["rows.out"] == call["rows.in"] && call["columns.out"] == call["columns.in"];

    private static int PixelStepOf(PortableCall call) => call["in_depth"] * call["columns.stride"];

    private static int Pairs(int pixels) => (pixels + 1) / 2;

    private bool Widens => _depth > _imageDepth;

    private bool NeedsStrip() => Widens || Lacks("rows") || Lacks("columns");

    // True when a window reaches outside the input.
    private bool Lacks(string axis) =>
        _call[$"{axis}.pad"] > 0 || ((_call[$"{axis}.out"] - 1) * _call[$"{axis}.stride"]) + _call[$"{axis}.filter"] > _call[$"{axis}.in"];

    // Signs can be mixed in the copy where all pixels start at even bytes, and runs end there.
    private bool StripFlips() => PixelStepOf(_call) % 2 == 0 && _call["columns.filter"] * _depth % 2 == 0;

    private int StripRowBytes()
    {
        var bytes = (((_call["columns.out"] - 1) * _call["columns.stride"]) + _call["columns.filter"]) * _depth;
        return StripFlips() ? bytes + (bytes % 2) : bytes;
    }

    private Strip StripOf(Layout input, int rows)
    {
        var stride = _call["rows.stride"];
        var strip = Strip.Of(_call, ((rows - 1) * stride) + _call["rows.filter"], rows * stride, _depth, StripRowBytes());
        return strip with
        {
            ImageRowBytes = _call["columns.in"] * _imageDepth,
            Flip = !StripFlips() || input != Layout.RowMajor ? 0 : strip.Left % 2 == 0 ? MixedSigns.EvenTops : MixedSigns.EvenTops << 8,
            Padding = StripFlips() ? strip.Padding ^ MixedSigns.EvenTops : strip.Padding,
            Widens = Widens,
        };
    }
}
