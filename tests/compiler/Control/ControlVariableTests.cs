// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.Targets;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Control;

/// <summary>Variables that subgraphs read and assign. Random programs with them are in <see cref="ControlTests"/>.</summary>
public sealed class ControlVariableTests
{
    private const int Size = 64;
    private const int Runs = 6;

    [ToolchainTheory]
    [InlineData("host-asan")]
    [InlineData("cortex-m4")]
    public void A_state_changes_only_while_the_gate_is_open(string target)
    {
        var graph = Gated();
        var image = Compiler.Compile(graph.File(), "gated", Core.CortexM4).Image;
        var (input, expected) = GatedRuns();

        Assert.Equal(expected, Numbers(TargetNames.Create(target).Run(new TargetRun(image, Bytes(input), Runs, KeepState: true))));
    }

    [Fact]
    public void With_reset_state_every_invocation_is_the_first()
    {
        var image = Compiler.Compile(Gated().File(), "gated", resetState: true, []).Image;
        var (input, _) = GatedRuns();
        int[] expected = [.. Enumerable.Range(0, Runs).SelectMany(run => Enumerable.Range(0, Size).Select(i => i + (run % 3 == 0 ? 0 : input[(run * (Size + 1)) + 1 + i])))];

        Assert.Equal(expected, Numbers(TargetNames.Create("host").Run(new TargetRun(image, Bytes(input), Runs, KeepState: true))));
    }

    /// <summary>The sum is computed in the state's own memory, which is the output too; a closed gate costs two branches.</summary>
    [Fact]
    public void A_state_is_updated_in_place()
    {
        var compiled = Compiler.Compile(Gated().File(), "gated");
        Assert.Equal(["compare", "branch", "branch", "integer_s32"], compiled.Schedule.Steps.Select(step => step.Call.Kernel));
        Assert.Equal((Size + 1) * sizeof(int), compiled.Plan.ArenaSize);
    }

    [Fact]
    public void A_condition_that_assigns_is_refused()
    {
        var main = new ControlGraph();
        var input = main.Integers(4);
        var condition = main.Called();
        var asked = condition.Integers(4);
        condition.Assign("v", asked);
        condition.Edges([asked], condition.Do(BuiltinOperator.LESS, condition.Element(asked, 0), condition.Element(condition.Read("v", 4), 1)));
        var body = main.Called();
        var own = body.Integers(4);
        body.Edges([own], body.Do(BuiltinOperator.ADD, own, own));
        Refused(main.Edges([input], main.While(condition, body, [input])), "variable \"v\" is assigned by the loop's condition (supported: assignments in the body)");
    }

    [Fact]
    public void A_variable_that_is_chosen_is_refused()
    {
        var main = new ControlGraph();
        var input = main.Integers(4);
        ControlGraph Side(string variable)
        {
            var side = main.Called();
            var own = side.Integers(4);
            return side.Edges([own], side.Handle(variable));
        }

        main.If(main.Do(BuiltinOperator.LESS, main.Element(input, 0), main.Constant(1)), Side("v"), Side("w"), [input]);
        Refused(main.Edges([input], main.Read("v", 4)), "is a variable that is chosen when the model runs (supported: the same variable in every case)");
    }

    // x is [gate, addends]; v += addends where the gate is not 0; y = v.
    private static ControlGraph Gated()
    {
        var main = new ControlGraph();
        var initial = main.Called();
        initial.Assign("v", initial.Constant([.. Enumerable.Range(0, Size)]));
        main.CallOnce(initial.Edges([]));

        var input = main.Integers(Size + 1);
        var addends = main.Do(BuiltinOperator.SLICE, new NoOptions(), [Size], input, main.Constant(1), main.Constant(Size));
        var open = main.Called();
        var own = open.Integers(Size);
        open.Assign("v", open.Do(BuiltinOperator.ADD, open.Read("v", Size), own));
        open.Edges([own]);
        var closed = main.Called();
        closed.Edges([closed.Integers(Size)]);
        main.If(main.Do(BuiltinOperator.GREATER, main.Element(input, 0), main.Constant(0)), open, closed, [addends]);
        return main.Edges([input], main.Read("v", Size));
    }

    private static (int[] Input, int[] Expected) GatedRuns()
    {
        var (input, expected) = (new List<int>(), new List<int>());
        int[] state = [.. Enumerable.Range(0, Size)];
        for (var run = 0; run < Runs; run++)
        {
            int[] addends = [.. Enumerable.Range(0, Size).Select(i => (i * run) - 7)];
            var gate = run % 3;
            state = gate == 0 ? state : [.. state.Zip(addends, (old, more) => old + more)];
            input.AddRange([gate, .. addends]);
            expected.AddRange(state);
        }

        return ([.. input], [.. expected]);
    }

    private static void Refused(ControlGraph graph, string sentence) =>
        Assert.Contains(sentence, Assert.ThrowsAny<CompilerException>(() => Compiler.Compile(graph.File(), "model")).Message, StringComparison.Ordinal);

    private static byte[] Bytes(int[] numbers) => MemoryMarshal.AsBytes<int>(numbers).ToArray();

    private static int[] Numbers(byte[] bytes) => MemoryMarshal.Cast<byte, int>(bytes).ToArray();
}
