// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Quantizer.Recurrent;

/// <summary>
/// Spells a recurrent network as TensorFlow Lite's converter leaves it, int8, layer by layer, and runs it in float on a few sequences
/// beside, whose ranges give the scales. Weights are drawn: cycles do not depend on them.
/// </summary>
internal sealed class RecurrentModel(int seed)
{
    private const int Samples = 3;
    private static readonly TfliteQuantization Probabilities = new([1f / 256], [-128], 0);
    private readonly Random _random = new(seed);
    private readonly TfliteModelBuilder _model = new();
    private int _count;

    /// <summary>A tensor [1, steps, width], or [1, width] where steps is 0, and its contents for each sample.</summary>
    internal sealed record Sequence(int Tensor, int Steps, int Width, TfliteQuantization Quantization, float[][] Samples);

    /// <summary>Features that wander, within about -2..2.</summary>
    public Sequence Features(int steps, int width)
    {
        float Wander(int step, double phase, double pace) => (float)(Math.Sin(phase + (step * pace)) + _random.NextDouble() - 0.5);

        var samples = Enumerable.Range(0, Samples).Select(_ =>
        {
            var waves = Enumerable.Range(0, width).Select(_ => (Phase: 6 * _random.NextDouble(), Pace: 0.05 + (0.3 * _random.NextDouble()))).ToArray();
            return Enumerable.Range(0, steps).SelectMany(step => waves.Select(wave => Wander(step, wave.Phase, wave.Pace))).ToArray();
        }).ToArray();
        var input = Add("input", steps, width, RangeOf(samples), samples);
        _model.Inputs(input.Tensor);
        return input;
    }

    /// <summary>Numbers of words, looked up in a table of vectors.</summary>
    public Sequence Embedding(int steps, int words, int width)
    {
        var table = Enumerable.Range(0, words * width).Select(_ => (float)((2 * _random.NextDouble()) - 1)).ToArray();
        var quantization = Symmetric(table);
        var samples = Enumerable.Range(0, Samples)
            .Select(_ => Enumerable.Range(0, steps).SelectMany(_ => table[(_random.Next(words) * width)..][..width]).ToArray())
            .ToArray();

        var ids = _model.AddTensor("words", TensorType.INT32, [1, steps]);
        _model.Inputs(ids);
        var vectors = Constant("embedding", [words, width], table, quantization);
        var output = Add("embedded", steps, width, quantization, samples);
        _model.AddOperator(BuiltinOperator.GATHER, new GatherOptions(0), [vectors, ids], [output.Tensor], version: 2);
        return output;
    }

    public Sequence Lstm(Sequence x, int units)
    {
        var layer = new FloatLstm(_random, x.Width, units);
        float[][] y = [.. x.Samples.Select(layer.Run)];
        return Lstm(x, layer, y, RangeOf(y));
    }

    /// <summary>Two layers, one from the end to the beginning; outputs side by side, of every step or of the last one of each.</summary>
    public Sequence Bidirectional(Sequence x, int units, bool everyStep)
    {
        var (forth, back, turned) = (new FloatLstm(_random, x.Width, units), new FloatLstm(_random, x.Width, units), Reverse(x));
        float[][] ahead = [.. x.Samples.Select(forth.Run)];
        float[][] behind = [.. turned.Samples.Select(back.Run)];

        // A concatenation does not rescale.
        var quantization = RangeOf([.. ahead, .. behind]);
        var (first, second) = (Lstm(x, forth, ahead, quantization), Lstm(turned, back, behind, quantization));
        return everyStep ? Join(first, Reverse(second)) : Join(Last(first), Last(second));
    }

    /// <summary>The last step alone.</summary>
    public Sequence Last(Sequence x)
    {
        var y = Add("last", 0, x.Width, x.Quantization, [.. x.Samples.Select(sample => sample[^x.Width..])]);
        int Triple(string name, params int[] numbers) => _model.AddTensor($"{name}{_count++}", TensorType.INT32, [3], data: TfliteModelBuilder.Bytes<int>(numbers));

        _model.AddOperator(
            BuiltinOperator.STRIDED_SLICE,
            new StridedSliceOptions(BeginMask: 5, EndMask: 5, EllipsisMask: 0, NewAxisMask: 0, ShrinkAxisMask: 2),
            [x.Tensor, Triple("begin", 0, x.Steps - 1, 0), Triple("end", 0, x.Steps, 0), Triple("strides", 1, 1, 1)],
            [y.Tensor]);
        return y;
    }

    public Sequence Dense(Sequence x, int units)
    {
        var limit = Math.Sqrt(6.0 / (x.Width + units));
        var weights = Enumerable.Range(0, units * x.Width).Select(_ => (float)(((2 * _random.NextDouble()) - 1) * limit)).ToArray();
        var quantization = Symmetric(weights);
        float[][] samples = [.. x.Samples.Select(sample => sample.Chunk(x.Width)
            .SelectMany(row => Enumerable.Range(0, units).Select(unit => row.Index().Sum(item => item.Item * weights[(unit * x.Width) + item.Index]))).ToArray())];

        var y = Add("dense", x.Steps, units, RangeOf(samples), samples);
        var matrix = Constant("weights", [units, x.Width], weights, quantization);
        var bias = Bias(new float[units], x.Quantization.Scale[0] * quantization.Scale[0]);
        _model.AddOperator(
            BuiltinOperator.FULLY_CONNECTED, new FullyConnectedOptions(ActivationFunction.NONE, KeepNumDims: x.Steps > 0), [x.Tensor, matrix, bias], [y.Tensor], version: 4);
        return y;
    }

    public Sequence Softmax(Sequence x)
    {
        var y = Add("probabilities", x.Steps, x.Width, Probabilities, x.Samples);
        _model.AddOperator(BuiltinOperator.SOFTMAX, new SoftmaxOptions(1), [x.Tensor], [y.Tensor], version: 2);
        return y;
    }

    public byte[] File(string description, Sequence output) => _model.Outputs(output.Tensor).Describe(description).BuildFile();

    private Sequence Lstm(Sequence x, FloatLstm layer, float[][] y, TfliteQuantization quantization)
    {
        int State(TensorType type, TfliteQuantization of) =>
            _model.AddTensor(new TfliteTensor { Name = $"state{_count++}", Type = type, Shape = [1, layer.Units], Quantization = of, IsVariable = true });

        var output = Add("lstm", x.Steps, layer.Units, quantization, y);
        var scaleOfX = x.Quantization.Scale[0];
        TfliteQuantization[] scales = [.. layer.Weights.Select(Symmetric)];
        int[] weights = [.. layer.Weights.Zip(scales, (matrix, scale) => Constant("input_weights", [layer.Units, x.Width], matrix, scale))];
        int[] recurrent = [.. layer.Recurrent.Select(matrix => Constant("recurrent_weights", [layer.Units, layer.Units], matrix, Symmetric(matrix)))];
        int[] bias = [.. layer.Bias.Zip(scales, (gate, scale) => Bias(gate, scaleOfX * scale.Scale[0]))];
        var cell = new TfliteQuantization([MathF.ScaleB(1, (int)MathF.Ceiling(MathF.Log2(layer.LargestState)) - 15)], [0], 0);

        _model.AddOperator(
            BuiltinOperator.UNIDIRECTIONAL_SEQUENCE_LSTM,
            new UnidirectionalSequenceLstmOptions(ActivationFunction.TANH, CellClip: 10, ProjectionClip: 0, TimeMajor: false),
            [x.Tensor, .. weights, .. recurrent, -1, -1, -1, .. bias, -1, -1, State(TensorType.INT8, quantization), State(TensorType.INT16, cell), -1, -1, -1, -1],
            [output.Tensor]);
        return output;
    }

    private Sequence Reverse(Sequence x)
    {
        var y = Add("reversed", x.Steps, x.Width, x.Quantization, [.. x.Samples.Select(sample => sample.Chunk(x.Width).Reverse().SelectMany(row => row).ToArray())]);
        var axis = _model.AddTensor($"axis{_count++}", TensorType.INT32, [1], data: TfliteModelBuilder.Bytes<int>(1));
        _model.AddOperator(BuiltinOperator.REVERSE_V2, new NoOptions(), [x.Tensor, axis], [y.Tensor]);
        return y;
    }

    private Sequence Join(Sequence a, Sequence b)
    {
        float[][] samples = [.. a.Samples.Zip(b.Samples, (left, right) =>
            left.Chunk(a.Width).Zip(right.Chunk(b.Width)).SelectMany(rows => rows.First.Concat(rows.Second)).ToArray())];
        var y = Add("joined", a.Steps, a.Width + b.Width, a.Quantization, samples);
        _model.AddOperator(BuiltinOperator.CONCATENATION, new ConcatenationOptions(a.Steps > 0 ? 2 : 1), [a.Tensor, b.Tensor], [y.Tensor]);
        return y;
    }

    private Sequence Add(string name, int steps, int width, TfliteQuantization quantization, float[][] samples) =>
        new(_model.AddTensor($"{name}{_count++}", TensorType.INT8, steps > 0 ? [1, steps, width] : [1, width], quantization), steps, width, quantization, samples);

    private int Constant(string name, int[] shape, float[] values, TfliteQuantization quantization) => _model.AddTensor(
        $"{name}{_count++}",
        TensorType.INT8,
        shape,
        quantization,
        TfliteModelBuilder.Bytes<sbyte>([.. values.Select(value => (sbyte)Math.Clamp(MathF.Round(value / quantization.Scale[0]), -127, 127))]));

    private int Bias(float[] values, float scale) => _model.AddTensor(
        $"bias{_count++}",
        TensorType.INT32,
        [values.Length],
        new TfliteQuantization([scale], [0], 0),
        TfliteModelBuilder.Bytes<int>([.. values.Select(value => (int)MathF.Round(value / scale))]));

    private static TfliteQuantization Symmetric(float[] values) => new([values.Max(Math.Abs) / 127], [0], 0);

    private static TfliteQuantization RangeOf(float[][] samples)
    {
        var (low, high) = (Math.Min(0, samples.Min(sample => sample.Min())), Math.Max(0, samples.Max(sample => sample.Max())));
        var scale = (high - low) / 255;
        return new TfliteQuantization([scale], [(long)Math.Clamp(MathF.Round(-128 - (low / scale)), -128, 127)], 0);
    }
}
