// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The sum of tensors of one shape; of int8, with one scale and zero point: <c>kernels/add_n/ti_add_n.h</c> has the formula.</summary>
internal sealed record AddN : Op
{
    private const int MostInputs = 8;

    public override string Name => "add_n";

    public static void Import(ImportContext context) => context.Add(new AddN(), context.Inputs, [context.Output(0)]);

    public override void Check(Node node)
    {
        Require.That(node.Inputs.Count is >= 1 and <= MostInputs, node, $"{node.Inputs.Count} inputs", $"1 to {MostInputs}");
        Require.OneOf(node, node.Input, ElementType.S8, ElementType.F32);
        Require.Types(node, node.Input.Type, [.. node.Inputs, node.Output]);
        Require.Filled(node, node.Input);
        foreach (var input in node.Inputs)
        {
            Require.That(input.Shape.Equals(node.Output.Shape), node, $"input {input.Shape} and output {node.Output.Shape}", "equal shapes");
        }

        if (node.Input.Type == ElementType.S8)
        {
            Require.PerTensor(node, [.. node.Inputs, node.Output]);
            node.Inputs.ToList().ForEach(input => Require.SameQuantization(node, node.Input, input));
            Require.That(HalfUnits.Scale(node).Shift <= 0, node, "the output's scale is too small for the inputs'", "at least a 2^19th of it");
        }
    }

    public override bool CanOverwrite(Node node, int input) => true;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        IReadOnlyList<Field> counts = [("count", node.Output.Shape.Count), ("inputs", node.Inputs.Count)];
        IReadOnlyList<Operand> inputs = [.. node.Inputs.Select(input => (Operand)input)];
        return node.Input.Type == ElementType.F32
            ? [new KernelCall("add_n_f32", counts, inputs, [node.Output])]
            : [new KernelCall("add_n_s8", [.. counts, .. HalfUnits.Fields(node)], inputs, [node.Output])];
    }
}
