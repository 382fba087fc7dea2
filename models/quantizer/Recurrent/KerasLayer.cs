// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Quantizer.Recurrent;

/// <summary>
/// A recurrent layer of Keras over a sequence [1, steps, inputs], as the converter leaves it: WHILE with the list of outputs put together anew in every
/// turn, or unrolled. Both compute the same bytes. Weights are drawn.
/// </summary>
/// <param name="EveryStep">The output is [steps, 1, units], else [1, units], of the last step.</param>
internal sealed record KerasLayer(string Name, KerasCell Cell, int Steps, bool EveryStep)
{
    private const int Seed = 1;
    private const int Samples = 3;

    public static IReadOnlyList<KerasLayer> All { get; } =
    [
        new("gru_24x19_32", new GruCell(19, 32), 24, EveryStep: false),
        new("gru_40x40_64", new GruCell(40, 64), 40, EveryStep: true),
        new("lstm_24x19_32", new LstmCell(19, 32), 24, EveryStep: true),
    ];

    /// <summary>Equal calls give equal bytes.</summary>
    public byte[] File(bool unrolled)
    {
        var random = new Random(Seed);
        var real = new FloatCellOps(Cell, random);
        for (var sample = 0; sample < Samples; sample++)
        {
            var states = Enumerable.Range(0, Cell.States).Select(_ => new float[Cell.Units]).ToArray();
            for (var step = 0; step < Steps; step++)
            {
                states = Cell.Step(real, [.. Enumerable.Range(0, Cell.Inputs).Select(_ => (float)((4 * random.NextDouble()) - 2))], states);
            }
        }

        var model = new TfliteModelBuilder();
        var quantization = new TfliteQuantization([4f / 255], [0], 0);
        var input = model.AddTensor("input", TensorType.INT8, [1, Steps, Cell.Inputs], quantization);
        var sequence = model.AddTensor("sequence", TensorType.INT8, [Steps, 1, Cell.Inputs], quantization);
        model.AddOperator(BuiltinOperator.TRANSPOSE, new NoOptions(), [input, Numbers(model, "turned", 1, 0, 2)], [sequence], version: 2);
        var output = unrolled ? Unrolled(model, real, sequence, quantization) : Loop(model, real, sequence, quantization);
        return model.Inputs(input).Outputs(output).Describe($"{Name}, {(unrolled ? "unrolled" : "a loop")}").BuildFile();
    }

    private int Unrolled(TfliteModelBuilder model, FloatCellOps real, int sequence, TfliteQuantization quantization)
    {
        var ops = new SpelledCellOps(model, real, quantization);
        int[] rows = [.. Enumerable.Range(0, Steps).Select(step => ops.Known(model.AddTensor($"row{step}", TensorType.INT8, [1, Cell.Inputs], quantization), Cell.Inputs))];
        model.AddOperator(BuiltinOperator.UNPACK, new UnpackOptions(Steps, 0), [sequence], rows, version: 2);

        var states = Starts(model, ops);
        var outputs = new List<int>();
        foreach (var row in rows)
        {
            states = Cell.Step(ops, row, states);
            outputs.Add(states[0]);
        }

        if (!EveryStep)
        {
            return states[0];
        }

        var all = model.AddTensor("all", TensorType.INT8, [Steps, 1, Cell.Units], ops.QuantizationOf("state"));
        model.AddOperator(BuiltinOperator.PACK, new PackOptions(Steps, 0), [.. outputs], [all], version: 2);
        return all;
    }

    private int Loop(TfliteModelBuilder model, FloatCellOps real, int sequence, TfliteQuantization quantization)
    {
        var names = new[] { "state", "cell" }[..Cell.States];
        var main = new SpelledCellOps(model, real, quantization);

        // Tensors of a graph that turns: the number of the turn, the list, the states, the sequence.
        int[] Turned(TfliteModelBuilder graph, string suffix) =>
        [
            graph.AddTensor($"turn{suffix}", TensorType.INT32, []),
            graph.AddTensor($"list{suffix}", TensorType.INT8, [Steps, 1, Cell.Units], main.QuantizationOf("state")),
            .. names.Select(name => graph.AddTensor($"{name}{suffix}", TensorType.INT8, [1, Cell.Units], main.QuantizationOf(name))),
            graph.AddTensor($"sequence{suffix}", TensorType.INT8, [Steps, 1, Cell.Inputs], quantization),
        ];

        var condition = new TfliteModelBuilder();
        var asked = Turned(condition, "");
        var more = condition.AddTensor("more", TensorType.BOOL, []);
        condition.AddOperator(BuiltinOperator.LESS, new NoOptions(), [asked[0], Numbers(condition, "steps", Steps)], [more]);
        var body = Body(Turned, names, real, quantization);

        var zeros = model.AddTensor("empty", TensorType.INT8, [Steps, 1, Cell.Units], main.QuantizationOf("state"), new byte[Steps * Cell.Units]);
        var first = model.AddTensor("first", TensorType.INT32, [], data: TfliteModelBuilder.Bytes(0));
        var results = Turned(model, "_after");
        model.AddOperator(
            BuiltinOperator.WHILE,
            new WhileOptions(model.AddSubgraph(condition.Inputs(asked).Outputs(more)), model.AddSubgraph(body)),
            [first, zeros, .. Starts(model, main), sequence],
            results);
        return EveryStep ? results[1] : results[2];
    }

    private TfliteModelBuilder Body(Func<TfliteModelBuilder, string, int[]> turned, string[] names, FloatCellOps real, TfliteQuantization quantization)
    {
        var body = new TfliteModelBuilder();
        var ops = new SpelledCellOps(body, real, quantization);
        var own = turned(body, "");
        var (turn, list, sequence) = (own[0], own[1], own[^1]);

        var next = body.AddTensor("turn_next", TensorType.INT32, []);
        body.AddOperator(BuiltinOperator.ADD, new AddOptions(ActivationFunction.NONE), [turn, body.AddTensor("one_turn", TensorType.INT32, [], data: TfliteModelBuilder.Bytes(1))], [next]);
        var row = ops.Known(body.AddTensor("row", TensorType.INT8, [1, Cell.Inputs], quantization), Cell.Inputs);
        body.AddOperator(BuiltinOperator.GATHER, new GatherOptions(0), [sequence, turn], [row], version: 2);
        var states = Cell.Step(ops, row, [.. names.Index().Select(name => ops.Known(own[2 + name.Index], Cell.Units))]);

        // The list before the row, the row, the list behind it.
        var output = ops.QuantizationOf("state");
        int Vector(string name, int number, int rest)
        {
            var single = body.AddTensor($"{name}_single", TensorType.INT32, [1]);
            body.AddOperator(BuiltinOperator.RESHAPE, new ReshapeOptions([1]), [number, Numbers(body, $"{name}_shape", 1)], [single]);
            var vector = body.AddTensor(name, TensorType.INT32, [3]);
            body.AddOperator(BuiltinOperator.CONCATENATION, new ConcatenationOptions(0), [single, Numbers(body, $"{name}_rest", rest, rest)], [vector], version: 2);
            return vector;
        }

        int Part(string name, int begin, int size)
        {
            var part = body.AddTensor(name, TensorType.INT8, [1, 1, Cell.Units], output);
            body.AddOperator(BuiltinOperator.SLICE, new NoOptions(), [list, begin, size], [part], version: 2);
            return part;
        }

        var before = Part("before", Numbers(body, "begin", 0, 0, 0), Vector("size", turn, -1));
        var behind = Part("behind", Vector("next_begin", next, 0), Numbers(body, "all", -1, -1, -1));
        var item = body.AddTensor("item", TensorType.INT8, [1, 1, Cell.Units], output);
        body.AddOperator(BuiltinOperator.RESHAPE, new ReshapeOptions([1, 1, Cell.Units]), [states[0], Numbers(body, "item_shape", 1, 1, Cell.Units)], [item]);
        var filled = body.AddTensor("list_next", TensorType.INT8, [Steps, 1, Cell.Units], output);
        body.AddOperator(BuiltinOperator.CONCATENATION, new ConcatenationOptions(0), [before, item, behind], [filled], version: 2);
        return body.Inputs(own).Outputs([next, filled, .. states, sequence]);
    }

    private int[] Starts(TfliteModelBuilder model, SpelledCellOps ops) => [.. new[] { "state", "cell" }[..Cell.States].Select(name =>
    {
        var quantization = ops.QuantizationOf(name);
        return ops.Known(model.AddTensor($"{name}_start", TensorType.INT8, [1, Cell.Units], quantization, Enumerable.Repeat(unchecked((byte)quantization.ZeroPoint[0]), Cell.Units).ToArray()), Cell.Units);
    })];

    private static int Numbers(TfliteModelBuilder model, string name, params int[] numbers) =>
        model.AddTensor(name, TensorType.INT32, [numbers.Length], data: TfliteModelBuilder.Bytes<int>(numbers));
}
