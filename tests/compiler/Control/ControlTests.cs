// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Planning;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Oracle;
using TinyInfer.Compiler.Tests.Targets;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Control;

/// <summary>IF and WHILE run as TensorFlow Lite says, whatever the planner makes of their memory.</summary>
public sealed class ControlTests
{
    private const int Programs = 250;
    private static readonly Lazy<ITarget> Host = new(() => TargetNames.Create("host-asan"));
    private static readonly int[][] Inputs = [[0, 1, 2, 3], [5, -3, 1, 100], [-1, -1, 7, int.MaxValue], [2, 2, 2, 2]];

    [Fact]
    public void Random_programs_compute_what_the_reference_does()
    {
        for (var seed = 0; seed < Programs; seed++)
        {
            var graph = Program(seed).Make();
            Same(seed, graph.Model(), Compiler.Compile(graph.File(), "control").Image);
        }
    }

    [ToolchainTheory]
    [InlineData("cortex-m4")]
    [InlineData("cortex-m7")]
    public void So_they_do_on_the_cores(string target)
    {
        var core = TargetNames.Create(target);
        foreach (var seed in new[] { 3, 11, 20, 160, 171, 222 })
        {
            var graph = Program(seed).Make();
            Same(seed, graph.Model(), Compiler.Compile(graph.File(), "control", Core.CortexM4, Core.CortexM7).Image, core);
        }
    }

    [Fact]
    public void So_they_do_with_every_value_in_memory_of_its_own()
    {
        for (var seed = 0; seed < Programs; seed += 5)
        {
            var model = Program(seed).Make();
            var graph = Importer.Import(TfliteReader.Read(model.File()), "control");
            Pipeline.Clean(graph);
            var schedule = ScheduleBuilder.BuildApart(Linear.Of(graph));
            Same(seed, model.Model(), ImageEmitter.Emit([new CoreProgram(Core.Portable, schedule, ArenaPlanner.Plan(schedule), null)], [], []));
        }
    }

    [OracleFact]
    public void The_reference_computes_what_TensorFlow_Lite_does()
    {
        for (var seed = 0; seed < Programs; seed++)
        {
            var graph = Program(seed).Make();
            using var oracle = new TensorFlowLite(graph.File());
            var reference = new ControlReference(graph.Model());
            foreach (var input in Inputs)
            {
                var expected = reference.Run(input)[0];
                Assert.True(expected.SequenceEqual(Numbers(oracle.Run(Bytes(input))[0])), $"program {seed}");
            }
        }
    }

    [Fact]
    public void Values_can_change_places_in_a_loop()
    {
        var graph = Loop(turns: 5, (body, values) => [values[1], values[2], values[0]]);
        Same(0, graph.Model(), Compiler.Compile(graph.File(), "control").Image);
    }

    [Fact]
    public void A_loop_may_make_no_turn()
    {
        var graph = Loop(turns: 0, (body, values) => [.. values.Select(value => body.Do(BuiltinOperator.MUL, value, value))]);
        Same(0, graph.Model(), Compiler.Compile(graph.File(), "control").Image);
    }

    [Fact]
    public void What_a_loop_does_not_turn_is_not_copied()
    {
        var graph = Loop(turns: 3, (body, values) => [values[0], values[1], body.Do(BuiltinOperator.ADD, values[0], values[2])]);
        var copies = Compiler.Compile(graph.File(), "control").Schedule.Steps.Where(step => step.Call.Kernel == "copy_nd" && step.Node.Origin.Code == "WHILE");
        Assert.Equal(sizeof(int), Assert.Single(copies).Node.Output.ByteSize); // the counter's start
    }

    /// <summary>Each side of a choice needs the memory of two large values, never both sides at once.</summary>
    [Fact]
    public void Sides_of_a_choice_share_their_memory()
    {
        var main = new ControlGraph();
        var input = main.Integers(4);
        ControlGraph Side(int factor)
        {
            var side = main.Called();
            var own = side.Integers(4);
            var wide = side.Do(BuiltinOperator.ADD, own, side.Constant([.. Enumerable.Range(0, 4)]));
            var large = side.Do(BuiltinOperator.MUL, side.Element(wide, 1), side.Constant([.. Enumerable.Range(factor, 256)]));
            return side.Edges([own], side.Do(BuiltinOperator.ADD, wide, side.Element(large, 200)));
        }

        var chosen = main.If(main.Do(BuiltinOperator.LESS, main.Element(input, 0), main.Constant(1)), Side(2), Side(3), [input]);
        main.Edges([input], chosen);

        var compiled = Compiler.Compile(main.File(), "control");
        Same(0, main.Model(), compiled.Image);
        Assert.InRange(compiled.Plan.ArenaSize, 1024, 1024 + 128);
    }

    /// <summary>The running sums of the rows, as Keras collects what a layer gives step by step: shapes that are known only when it runs.</summary>
    [Fact]
    public void A_list_grows_by_a_row_in_each_turn()
    {
        var graph = ListOfSums(rows: 5);
        var compiled = Compiler.Compile(graph.File(), "control");
        int[] input = [.. Enumerable.Range(0, 20).Select(i => (i * i) - 30)];
        int[] expected = [.. input.Select((_, i) => Enumerable.Range(0, (i / 4) + 1).Sum(row => input[(row * 4) + (i % 4)]))];

        Assert.Equal(expected, Numbers(Host.Value.Run(new TargetRun(compiled.Image, Bytes(input), 1, KeepState: true))));
        Assert.DoesNotContain(compiled.Schedule.Steps, step => step.Call.Kernel == "copy_nd" && step.Node.Output.ByteSize == input.Length * sizeof(int));
        if (TensorFlowLite.Absent is null)
        {
            using var oracle = new TensorFlowLite(graph.File());
            Assert.Equal(expected, Numbers(oracle.Run(Bytes(input))[0]));
        }
    }

    [Fact]
    public void A_loop_that_never_ends_is_stopped()
    {
        var graph = Loop(turns: int.MaxValue, (body, values) => values);
        var image = Compiler.Compile(graph.File(), "control").Image;

        var failure = Assert.ThrowsAny<Exception>(() => TargetNames.Create("host").Run(new TargetRun(image, Bytes(Inputs[0]), 1, KeepState: true)));
        Assert.Contains("a loop of the model has not ended after 1048576 turns", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_choice_of_another_size_is_refused()
    {
        var main = new ControlGraph();
        var input = main.Integers(4);
        ControlGraph Side()
        {
            var side = main.Called();
            var own = side.Integers(3);
            return side.Edges([own], side.Do(BuiltinOperator.ADD, own, own));
        }

        var chosen = main.If(main.Do(BuiltinOperator.LESS, main.Element(input, 0), main.Constant(1)), Side(), Side(), [input]);
        Refused(main.Edges([input], chosen), "inputs 0 is int32 [4], in the subgraph int32 [3] (supported: one type and size)");
    }

    [Fact]
    public void Subgraphs_that_call_themselves_are_refused()
    {
        var main = new ControlGraph();
        var input = main.Integers(1);
        var side = main.Called();
        var own = side.Integers(1);
        side.Edges([own], own);
        side.Edges([own], side.If(side.Do(BuiltinOperator.LESS, own, own), side, side, [own]));
        Refused(main.Edges([input], main.If(main.Do(BuiltinOperator.LESS, input, input), side, side, [input])), "subgraphs that call each other 9 deep (supported: 8 deep, 256 calls)");
    }

    private static ControlGraph ListOfSums(int rows)
    {
        var main = new ControlGraph();
        var input = main.Integers(rows, 4);
        var start = main.Do(BuiltinOperator.MUL, input, main.Constant(0));
        int[] inputs = [main.Constant(0), start, main.Constant(0, 0, 0, 0), input];
        var condition = main.Called();
        int[] asked = [condition.Integers(1), condition.Integers(rows, 4), condition.Integers(4), condition.Integers(rows, 4)];
        condition.Edges(asked, condition.Do(BuiltinOperator.LESS, asked[0], condition.Constant(rows)));

        var body = main.Called();
        int[] own = [body.Integers(1), body.Integers(rows, 4), body.Integers(4), body.Integers(rows, 4)];
        var next = body.Do(BuiltinOperator.ADD, own[0], body.Constant(1));
        var row = body.Do(BuiltinOperator.GATHER, new GatherOptions(0, 0), [1, 4], own[3], own[0]);
        var sum = body.Do(BuiltinOperator.ADD, body.Do(BuiltinOperator.RESHAPE, new ReshapeOptions([4]), [4], row, body.Constant(4)), own[2]);
        int Bounds(int first, int rest) => body.Do(BuiltinOperator.CONCATENATION, new ConcatenationOptions(0), [2], first, body.Constant(rest));
        var before = body.Do(BuiltinOperator.SLICE, new NoOptions(), [1, 1], own[1], body.Constant(0, 0), Bounds(own[0], -1));
        var after = body.Do(BuiltinOperator.SLICE, new NoOptions(), [1, 1], own[1], Bounds(next, 0), body.Constant(-1, -1));
        var item = body.Do(BuiltinOperator.RESHAPE, new ReshapeOptions([1, 4]), [1, 4], sum, body.Constant(1, 4));
        var list = body.Do(BuiltinOperator.CONCATENATION, new ConcatenationOptions(0), [rows, 4], before, item, after);
        body.Edges(own, next, list, sum, own[3]);
        return main.Edges([input], main.While(condition, body, inputs)[1]);
    }

    // Three vectors through a loop that counts to a number.
    private static ControlGraph Loop(int turns, Func<ControlGraph, int[], int[]> bodyOf)
    {
        var main = new ControlGraph();
        var input = main.Integers(4);
        int[] inputs = [main.Constant(0), input, main.Do(BuiltinOperator.ADD, input, input), main.Do(BuiltinOperator.MUL, input, main.Constant(1, 2, 3, 4))];
        var condition = main.Called();
        var asked = inputs.Select(value => condition.Integers(main.ShapeOf(value))).ToArray();
        condition.Edges(asked, condition.Do(BuiltinOperator.LESS, asked[0], condition.Constant(turns)));

        var body = main.Called();
        var own = inputs.Select(value => body.Integers(main.ShapeOf(value))).ToArray();
        var counted = body.Do(BuiltinOperator.ADD, own[0], body.Constant(turns == int.MaxValue ? 0 : 1));
        body.Edges(own, [counted, .. bodyOf(body, own[1..])]);
        var results = main.While(condition, body, inputs);
        var sum = main.Do(BuiltinOperator.SUB, main.Do(BuiltinOperator.MUL, results[1], main.Constant(3)), main.Do(BuiltinOperator.MUL, results[2], main.Constant(5)));
        return main.Edges([input], main.Do(BuiltinOperator.ADD, sum, main.Do(BuiltinOperator.ADD, results[0], results[3])));
    }

    // Those behind the first have variables.
    private static RandomControl Program(int seed) => new(seed, variables: seed >= 150);

    private static void Same(int seed, TfliteModel model, byte[] image, ITarget? target = null)
    {
        var reference = new ControlReference(model);
        int[] expected = [.. Inputs.SelectMany(input => reference.Run(input)[0])];
        var got = Numbers((target ?? Host.Value).Run(new TargetRun(image, Inputs.SelectMany(Bytes).ToArray(), Inputs.Length, KeepState: true)));
        Assert.True(expected.SequenceEqual(got), $"program {seed}: expected {string.Join(',', expected)}, got {string.Join(',', got)}");
    }

    private static void Refused(ControlGraph graph, string sentence) =>
        Assert.Contains(sentence, Assert.ThrowsAny<CompilerException>(() => Compiler.Compile(graph.File(), "model")).Message, StringComparison.Ordinal);

    private static byte[] Bytes(int[] numbers) => MemoryMarshal.AsBytes<int>(numbers).ToArray();

    private static int[] Numbers(byte[] bytes) => MemoryMarshal.Cast<byte, int>(bytes).ToArray();
}
