// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Elementwise;

/// <summary>
/// An addition as its routine sees it: (a * AMultiplier + b * BMultiplier + offset) >> Shift, saturated. Elements at even indices of a
/// tensor in <see cref="Layout.Msi"/> are unsigned and 128 larger; an offset of their own makes up for that.
/// </summary>
/// <param name="Words">Elements in whole words of four.</param>
/// <param name="Rest">Elements behind them.</param>
internal sealed record AddShape(int Words, int Rest, bool MixedA, bool MixedB, bool MixedOutput, int Shift, int Min, int Max)
{
    private int AMultiplier { get; init; }

    private int BMultiplier { get; init; }

    private int Offset { get; init; }

    private int EvenOffset { get; init; }

    /// <summary>Everything that the code depends on: numbers are parameters.</summary>
    public string Name => $"add_{(Words > 0 ? "w" : "")}{Rest}{(MixedA ? "a" : "")}{(MixedB ? "b" : "")}{(MixedOutput ? "o" : "")}_r{Shift}l{Min + 128}h{Max + 128}";

    /// <summary>Null when a sum for an unsigned output would leave 32 bits.</summary>
    public static AddShape? Of(PortableCall call, int count, Layout a, Layout b, Layout output)
    {
        var (factorA, factorB, offset, shift) = ((long)call["a_multiplier"], (long)call["b_multiplier"], (long)call["offset"], call["shift"]);
        var shape = new AddShape(count / 4, count % 4, a == Layout.Msi, b == Layout.Msi, output == Layout.Msi, shift, call["min"], call["max"]);
        var raised = shape.MixedOutput ? 128L << shift : 0;
        var largest = (128 * (Math.Abs(factorA) + Math.Abs(factorB))) + Math.Abs(offset) + raised;

        return largest > int.MaxValue ? null : shape with
        {
            AMultiplier = (int)factorA,
            BMultiplier = (int)factorB,
            Offset = (int)offset,
            EvenOffset = unchecked((int)(offset + raised - (shape.MixedA ? 128 * factorA : 0) - (shape.MixedB ? 128 * factorB : 0))),
        };
    }

    public long Cycles(Core core)
    {
        var limits = (Min > sbyte.MinValue ? 1 : 0) + (Max < sbyte.MaxValue ? 1 : 0);
        return (long)(((4 * Words) + Rest) * (core == Core.CortexM7 ? 6.8 + limits : 7.5 + (3 * limits))) + 60;
    }

    public KernelCall Call(Node node) => new(
        "add",
        [("words", Words), ("a_multiplier", AMultiplier), ("b_multiplier", BMultiplier), ("even_offset", EvenOffset), ("odd_offset", Offset)],
        [node.Inputs[0], node.Inputs[1]],
        [node.Output])
    {
        Routine = AddRoutine.Of(this),
        Remark = "one multiplication an operand, proved for all pairs",
    };
}
