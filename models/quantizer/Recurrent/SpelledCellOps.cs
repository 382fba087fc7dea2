// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Quantizer.Recurrent;

/// <summary>A cell as operators of a .tflite file, int8 with the ranges that were seen in float. Vectors are tensors [1, size].</summary>
internal sealed class SpelledCellOps(TfliteModelBuilder model, FloatCellOps real, TfliteQuantization input) : ICellOps<int>
{
    private static readonly TfliteQuantization Unit = new([1f / 256], [-128], 0);
    private static readonly TfliteQuantization BothSigns = new([1f / 128], [0], 0);

    private readonly Dictionary<string, int> _constants = [];
    private readonly Dictionary<int, int> _sizes = [];
    private int _count;

    /// <summary>That of a state: it is the same at the beginning of a step and at its end.</summary>
    public TfliteQuantization QuantizationOf(string name) => name switch
    {
        "z" or "r" or "rest" or "i" or "f" or "o" => Unit,
        "fresh" or "g" or "squashed" or "state" => BothSigns,
        _ => RangeOf(real.RangeOf(name)),
    };

    /// <summary>Takes a tensor [1, size] in.</summary>
    public int Known(int tensor, int size)
    {
        _sizes[tensor] = size;
        return tensor;
    }

    public int Dense(string name, int vector)
    {
        var rows = real.Biases[name].Length;
        var (weights, scale) = Weights(name, [rows, _sizes[vector]]);
        var bias = real.Biases[name].All(value => value == 0)
            ? -1
            : Constant($"{name}/bias", TensorType.INT32, [rows], new((float[])[scale * (name == "x" ? input : QuantizationOf("state")).Scale[0]], [0], 0), real.Biases[name]);
        var result = Result(name, rows);
        model.AddOperator(BuiltinOperator.FULLY_CONNECTED, new FullyConnectedOptions(ActivationFunction.NONE), [vector, weights, bias], [result], version: 4);
        return result;
    }

    public int AddBias(string name, int vector) =>
        Add(name, vector, Constant($"{name}/bias", TensorType.INT8, [_sizes[vector]], Symmetric(real.Biases[name]), real.Biases[name]));

    public int Add(string name, int a, int b) => Elementwise(BuiltinOperator.ADD, new AddOptions(ActivationFunction.NONE), name, a, b);

    public int Multiply(string name, int a, int b) => Elementwise(BuiltinOperator.MUL, new MulOptions(ActivationFunction.NONE), name, a, b);

    public int OneLess(string name, int vector) =>
        Elementwise(BuiltinOperator.SUB, new SubOptions(ActivationFunction.NONE), name, Constant("one", TensorType.INT8, [], new([1f / 127], [0], 0), [1]), vector, _sizes[vector]);

    public int Logistic(string name, int vector) => Elementwise(BuiltinOperator.LOGISTIC, new NoOptions(), name, vector);

    public int Tanh(string name, int vector) => Elementwise(BuiltinOperator.TANH, new NoOptions(), name, vector);

    public int[] Split(int vector, int parts)
    {
        var size = _sizes[vector] / parts;
        int[] results = [.. Enumerable.Range(0, parts).Select(_ => Known(model.AddTensor($"part{_count++}", TensorType.INT8, [1, size], _quantizations[vector]), size))];
        if (!_constants.TryGetValue("axis", out var axis))
        {
            _constants["axis"] = axis = model.AddTensor("axis", TensorType.INT32, [], data: TfliteModelBuilder.Bytes(1));
        }

        model.AddOperator(BuiltinOperator.SPLIT, new SplitOptions(parts), [axis, vector], results, version: 2);
        return results;
    }

    private readonly Dictionary<int, TfliteQuantization> _quantizations = [];

    private int Elementwise(BuiltinOperator code, OperatorOptions options, string name, int a, int b, int? size = null) =>
        Operator(code, options, name, size ?? _sizes[a], [a, b]);

    private int Elementwise(BuiltinOperator code, OperatorOptions options, string name, int vector) => Operator(code, options, name, _sizes[vector], [vector]);

    private int Operator(BuiltinOperator code, OperatorOptions options, string name, int size, int[] inputs)
    {
        var result = Result(name, size);
        model.AddOperator(code, options, inputs, [result], version: 2);
        return result;
    }

    private int Result(string name, int size)
    {
        var tensor = model.AddTensor($"{name}{_count++}", TensorType.INT8, [1, size], QuantizationOf(name));
        _quantizations[tensor] = QuantizationOf(name);
        return Known(tensor, size);
    }

    private (int Tensor, float Scale) Weights(string name, int[] shape)
    {
        var quantization = Symmetric(real.Weights[name]);
        return (Constant($"{name}/weights", TensorType.INT8, shape, quantization, real.Weights[name]), quantization.Scale[0]);
    }

    // One that several steps use is stored once.
    private int Constant(string name, TensorType type, int[] shape, TfliteQuantization quantization, float[] values)
    {
        if (!_constants.TryGetValue(name, out var tensor))
        {
            var stored = values.Select(value => MathF.Round(value / quantization.Scale[0]));
            var bytes = type == TensorType.INT8
                ? TfliteModelBuilder.Bytes<sbyte>([.. stored.Select(value => (sbyte)Math.Clamp(value, -127, 127))])
                : TfliteModelBuilder.Bytes<int>([.. stored.Select(value => (int)value)]);
            _constants[name] = tensor = model.AddTensor(name, type, shape, quantization, bytes);
        }

        return tensor;
    }

    private static TfliteQuantization Symmetric(float[] values) => new([values.Max(Math.Abs) / 127], [0], 0);

    private static TfliteQuantization RangeOf((float Low, float High) range)
    {
        var scale = Math.Max(range.High - range.Low, 1e-6f) / 255;
        return new([scale], [(long)Math.Clamp(MathF.Round(-128 - (range.Low / scale)), -128, 127)], 0);
    }
}
