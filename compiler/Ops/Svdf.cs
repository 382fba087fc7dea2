// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// output[u] = bias[u] + sum over the filters of u of (time filter * the last products of x with the feature filter). Inputs: x,
/// features, time, bias, state; outputs: y, the new state. Of int8 the fused activation does nothing in TFLite Micro but what the
/// output's range does.
/// </summary>
internal sealed record Svdf(int Rank, Activation Activation = Activation.None) : Op
{
    private const int State = 4;

    public override string Name => "svdf";

    public static void Import(ImportContext context)
    {
        var state = context.Input(4);
        var next = state.Like($"{state.Name}/new");
        var bias = context.OptionalInput(3) ?? context.ZeroBias(context.Input(0), context.Output(0).Shape is { Rank: > 0 } shape ? shape[-1] : 0);

        var options = context.Options<SvdfOptions>();
        var activation = context.Input(0).Type == ElementType.F32 ? context.Activation(options.Activation) : Activation.None;
        context.Add(
            new Svdf(options.Rank, activation),
            [context.Input(0), context.Input(1), context.Input(2), bias, context.Variables.Read(state)],
            [context.Output(0), next]);
        context.Variables.Assign(context.Origin, state, next);
    }

    protected override string Attributes => $"rank={Rank}{(Activation == Activation.None ? "" : ",")}{Activation.Text()}";

    public override void Check(Node node)
    {
        var (input, features, time, bias, state, output) = (node.Inputs[0], node.Inputs[1], node.Inputs[2], node.Inputs[3], node.Inputs[State], node.Output);

        Require.OneOf(node, input, ElementType.S8, ElementType.F32);
        Require.Types(node, input.Type, features, output);
        Require.Types(node, input.Type == ElementType.F32 ? ElementType.F32 : ElementType.S32, bias);
        Require.OneOf(node, state, input.Type == ElementType.F32 ? [ElementType.F32] : [ElementType.S8, ElementType.S16]);
        Require.Types(node, state.Type, time);
        Require.Constant(node, features, time, bias);
        Require.Filled(node, input, output, state);
        if (input.Type != ElementType.F32)
        {
            Require.PerTensor(node, input, features, time, state, output);
            Require.That(
                features.Quantization!.ZeroPoint == 0 && time.Quantization!.ZeroPoint == 0, node, "weights with zero points other than 0", "0");
        }

        Require.That(
            Rank >= 1 && features.Shape.Rank == 2 && time.Shape.Rank == 2 && output.Shape.Rank >= 1,
            node,
            $"rank {Rank}, weights {features.Shape} and {time.Shape}, output {output.Shape}",
            "rank 1 or more, weights of two dimensions, output [batch, units]");
        var (filters, memory, units) = (features.Shape[0], time.Shape[1], output.Shape[-1]);
        Require.That(
            filters == (long)units * Rank && time.Shape[0] == filters && memory >= 1 && bias.Shape.Count == units && features.Shape[1] >= 1
                && input.Shape.Count / features.Shape[1] == output.Shape.Count / units && input.Shape.Count % features.Shape[1] == 0
                && state.Shape.Count == (long)output.Shape.Count * Rank * memory,
            node,
            $"input {input.Shape}, features {features.Shape}, time {time.Shape}, bias {bias.Shape}, state {state.Shape} and output {output.Shape} do not fit together",
            $"input [batch, in], features [units * {Rank}, in], time [units * {Rank}, memory], bias [units], state [batch, units * {Rank} * memory], output [batch, units]");
    }

    public override long Macs(Node node) =>
        (long)node.Output.Shape.Count * Rank * (node.Inputs[1].Shape[1] + node.Inputs[2].Shape[1]);

    public override int? Updates(int output) => output == 1 ? State : null;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var (input, features, time, state, output) = (node.Inputs[0], node.Inputs[1], node.Inputs[2], node.Inputs[State], node.Output);
        var (filters, units) = (features.Shape[0], output.Shape[-1]);
        if (input.Type == ElementType.F32)
        {
            return [InFloat(node)];
        }

        // Products and quotients of float, as TFLite Micro prepares them.
        var toState = Requantization.Of(input.Quantization!.Scale * features.Quantization!.Scale / state.Quantization!.Scale);
        var toOutput = Requantization.Of(state.Quantization.Scale * time.Quantization!.Scale / output.Quantization!.Scale);

        return
        [
            new KernelCall(
                state.Type == ElementType.S8 ? "svdf_s8" : "svdf_s16",
                [
                    ("layer.batch", output.Shape.Count / units),
                    ("layer.in_size", features.Shape[1]),
                    ("layer.units", units),
                    ("layer.rank", Rank),
                    ("layer.memory", time.Shape[1]),
                    ("layer.state_zero_point", state.Quantization.ZeroPoint),
                    ("layer.zero_point", output.Quantization.ZeroPoint),
                    ("layer.feature_multiplier", toState.Multiplier),
                    ("layer.feature_shift", toState.Shift),
                    ("layer.multiplier", toOutput.Multiplier),
                    ("layer.shift", toOutput.Shift),
                ],
                [
                    input,
                    features,
                    EffectiveBias.Of(input, features, Value.OfIntegers("zero", new Shape(filters), new int[filters]), filters),
                    time,
                    Bias(node.Inputs[3], time, state),
                    state,
                ],
                [output, node.Outputs[1]]),
        ];
    }

    private KernelCall InFloat(Node node)
    {
        var (features, time, output) = (node.Inputs[1], node.Inputs[2], node.Output);
        var units = output.Shape[-1];

        // Without an activation infinity stays, and RELU leaves it as it is.
        var (min, max) = Activation switch
        {
            Activation.None => (float.NegativeInfinity, float.PositiveInfinity),
            Activation.Relu => (0, float.PositiveInfinity),
            _ => Activation.RealBounds(),
        };
        return new KernelCall(
            "svdf_f32",
            [
                ("batch", output.Shape.Count / units),
                ("in_size", features.Shape[1]),
                ("units", units),
                ("rank", Rank),
                ("memory", time.Shape[1]),
                ("min", min),
                ("max", max),
            ],
            [node.Inputs[0], features, time, node.Inputs[3], node.Inputs[State]],
            [output, node.Outputs[1]]);
    }

    // Without what the state's zero point adds to each unit.
    private static ConstantOperand Bias(Value bias, Value time, Value state)
    {
        var stored = bias.As<int>();
        var units = stored.Length;
        int[] weights = time.Type == ElementType.S8
            ? [.. time.As<sbyte>().ToArray().Select(weight => (int)weight)]
            : [.. time.As<short>().ToArray().Select(weight => (int)weight)];
        var sums = weights.Chunk(weights.Length / units).Select(unit => unit.Sum()).ToArray();
        var effective = new int[units];
        for (var u = 0; u < units; u++)
        {
            effective[u] = unchecked(stored[u] - (state.Quantization!.ZeroPoint * sums[u]));
        }

        return ConstantOperand.Of("bias", effective);
    }
}
