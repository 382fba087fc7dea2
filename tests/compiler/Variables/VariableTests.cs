// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Variables;

/// <summary>What TensorFlow Lite says of variables: operators act on them in the order of the file, and they outlive invocations.</summary>
public sealed class VariableTests
{
    private const int Invocations = 5;
    private static readonly Lazy<ITarget> Host = new(() => TargetNames.Create("host-asan"));
    private readonly VariableModel _model = new();

    [Fact]
    public void A_variable_is_what_was_assigned_in_the_invocation_before()
    {
        var (x, y) = (_model.Tensor("x", 4), _model.Tensor("y", 4));
        _model.Read("v", y).Assign("v", x);

        var inputs = Noise(4);
        Check(_model.File([x], y), inputs, [Filled(4, VariableModel.ZeroPoint), .. inputs[..^1]]);
    }

    [Fact]
    public void Reading_after_assigning_gives_the_new_value()
    {
        var (x, before, after) = (_model.Tensor("x", 4), _model.Tensor("before", 4), _model.Tensor("after", 4));
        _model.CallOnce().Initially("v", [4], 1, 2, 3, 4).Read("v", before).Assign("v", x).Read("v", after);

        var inputs = Noise(4);
        var old = new[] { new byte[] { 1, 2, 3, 4 } }.Concat(inputs).ToArray();
        Check(_model.File([x], before, after), inputs, [.. inputs.Select((input, i) => old[i].Concat(input).ToArray())]);
    }

    [Fact]
    public void The_last_of_several_assignments_counts()
    {
        var (x, z, y) = (_model.Tensor("x", 4), _model.Tensor("z", 4), _model.Tensor("y", 4));
        _model.Read("v", y).Assign("v", x).Assign("v", z);

        var inputs = Noise(8);
        Check(_model.File([x, z], y), inputs, [Filled(4, VariableModel.ZeroPoint), .. inputs[..^1].Select(input => input[4..])]);
    }

    [Fact]
    public void Variables_can_change_places()
    {
        var (x, a, b) = (_model.Tensor("x", 1), _model.Tensor("a", 4), _model.Tensor("b", 4));
        _model.CallOnce().Initially("a", [4], 1, 2, 3, 4).Initially("b", [4], 5, 6, 7, 8).Read("a", a).Read("b", b).Assign("a", b).Assign("b", a);

        byte[][] both = [[1, 2, 3, 4, 5, 6, 7, 8], [5, 6, 7, 8, 1, 2, 3, 4]];
        Check(_model.File([x], a, b), Noise(1), [.. Enumerable.Range(0, Invocations).Select(i => both[i % 2])]);
    }

    [Fact]
    public void What_is_never_assigned_is_a_constant()
    {
        var (x, v, y) = (_model.Tensor("x", 4), _model.Tensor("v", 4), _model.Tensor("y", 4));
        _model.CallOnce().Initially("v", [4], -4, 100, 0, -50).Read("v", v).Do(BuiltinOperator.MAXIMUM, [x, v], [y]);
        var file = _model.File([x], y);

        Assert.Empty(Compiler.Compile(file, "model").Schedule.Graph.States);
        sbyte[] constant = [-4, 100, 0, -50];
        var inputs = Noise(4);
        Check(file, inputs, [.. inputs.Select(input => input.Select((b, i) => (byte)Math.Max((sbyte)b, constant[i])).ToArray())]);
    }

    [Fact]
    public void What_is_never_read_takes_no_memory()
    {
        var (x, y) = (_model.Tensor("x", 4), _model.Tensor("y", 4));
        _model.Assign("v", x).Do(BuiltinOperator.RELU, [x], [y]);

        Assert.Empty(Compiler.Compile(_model.File([x], y), "model").Schedule.Graph.States);
    }

    /// <summary>Windows of every size over rows of every width, new rows from the caller and from an operator.</summary>
    [Theory]
    [InlineData(1, 1, 8, false)]
    [InlineData(2, 1, 8, true)]
    [InlineData(3, 1, 5, true)]
    [InlineData(3, 2, 4, false)]
    [InlineData(1, 4, 4, true)]
    [InlineData(7, 1, 3, false)]
    [InlineData(20, 3, 40, true)]
    public void A_stream_sees_the_last_rows(int kept, int fresh, int width, bool computed)
    {
        var (x, s) = (_model.Tensor("x", 1, fresh, width), _model.Tensor("s", 1, kept, width));
        var (w, k, y) = (_model.Tensor("w", 1, kept + fresh, width), _model.Tensor("k", 1, kept, width), _model.Tensor("y", 1, kept + fresh, width));
        var row = computed ? _model.Tensor("row", 1, fresh, width) : x;
        if (computed)
        {
            _model.Do(BuiltinOperator.RELU, [x], [row]);
        }

        _model.Read("v", s)
            .Do(BuiltinOperator.CONCATENATION, [s, row], [w], new ConcatenationOptions(1))
            .Do(BuiltinOperator.SLICE, [w, Integers(0, fresh, 0), Integers(1, kept, width)], [k])
            .Assign("v", k)
            .Do(BuiltinOperator.MAXIMUM, [w, w], [y]);

        var inputs = Noise(fresh * width);
        var stream = Filled(kept * width, VariableModel.ZeroPoint).Concat(inputs.SelectMany(input => input.Select(b => computed ? (byte)Math.Max((sbyte)b, VariableModel.ZeroPoint) : b))).ToArray();
        Check(_model.File([x], y), inputs, [.. Enumerable.Range(0, Invocations).Select(i => stream[(i * fresh * width)..][..((kept + fresh) * width)])]);
    }

    [Fact]
    public void With_reset_state_every_invocation_is_the_first()
    {
        var (x, y) = (_model.Tensor("x", 4), _model.Tensor("y", 4));
        _model.CallOnce().Initially("v", [4], 1, 2, 3, 4).Read("v", y).Assign("v", x);

        var compiled = Compiler.Compile(_model.File([x], y), "model", resetState: true, []);
        var got = Host.Value.Run(new TargetRun(compiled.Image, new byte[4 * Invocations], Invocations, KeepState: true));

        Assert.Equal(Enumerable.Repeat(new byte[] { 1, 2, 3, 4 }, Invocations).SelectMany(output => output), got);
        Assert.Empty(compiled.Schedule.Graph.States);
    }

    [Fact]
    public void Initial_values_come_first()
    {
        var (x, y) = (_model.Tensor("x", 4), _model.Tensor("y", 4));
        _model.Read("v", y).Assign("v", x).CallOnce().Initially("v", [4], 1, 2, 3, 4);

        Refused(_model.File([x], y), "operator 4 CALL_ONCE \"\": variable \"v\" is used before it is initialized (supported: initialization first)");
    }

    [Fact]
    public void A_call_of_the_main_graph_is_refused()
    {
        var (x, y) = (_model.Tensor("x", 4), _model.Tensor("y", 4));
        Refused(_model.CallOnce(subgraph: 0).Do(BuiltinOperator.RELU, [x], [y]).File([x], y), "operator 0 CALL_ONCE \"\": a call in a subgraph that is called");
    }

    [Fact]
    public void A_value_of_another_size_is_refused()
    {
        var (x, y) = (_model.Tensor("x", 3), _model.Tensor("y", 4));
        Refused(_model.Read("v", y).Assign("v", x).File([x], y), "int8 [3] for a variable of int8 [4]");
    }

    [Fact]
    public void A_handle_that_is_none_is_refused()
    {
        var (x, y) = (_model.Tensor("x", 4), _model.Tensor("y", 4));
        Refused(_model.Do(BuiltinOperator.READ_VARIABLE, [x], [y]).File([x], y), "operator 0 READ_VARIABLE \"y\": \"x\" is not a variable's handle");
    }

    private static void Refused(byte[] file, string sentence) =>
        Assert.Contains(sentence, Assert.ThrowsAny<CompilerException>(() => Compiler.Compile(file, "model")).Message);

    private static void Check(byte[] file, byte[][] inputs, byte[][] expected)
    {
        var image = Compiler.Compile(file, "model").Image;
        var got = Host.Value.Run(new TargetRun(image, inputs.SelectMany(input => input).ToArray(), Invocations, KeepState: true));
        Assert.Equal(expected.SelectMany(output => output), got);
    }

    private static byte[][] Noise(int size)
    {
        var random = new Random(size);
        var inputs = Enumerable.Range(0, Invocations).Select(_ => new byte[size]).ToArray();
        Array.ForEach(inputs, random.NextBytes);
        return inputs;
    }

    private static byte[] Filled(int size, sbyte element) => [.. Enumerable.Repeat(unchecked((byte)element), size)];

    private int Integers(params int[] items) => _model.Constant(items);
}
