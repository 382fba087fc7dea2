// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// The new value of a state, as the graph has them: READ_VARIABLE is the state's value or what was assigned before, and only the
/// last ASSIGN_VARIABLE of each variable is left as this copy, which goes away where its input is computed in place.
/// </summary>
internal sealed record AssignVariable : Op
{
    public override string Name => "assign_variable";

    public static void ImportHandle(ImportContext context)
    {
        var options = context.Options<VarHandleOptions>();
        context.Variables.Declare(context.Output(0), options.Container, options.SharedName);
    }

    public static void ImportRead(ImportContext context)
    {
        var value = context.Variables.Read(context.Origin, context.Input(0), context.Output(0));
        context.Add(new Reshape(), [value], [context.Output(0)]);
    }

    public static void Import(ImportContext context) => context.Variables.Assign(context.Origin, context.Input(0), context.Input(1));

    public static void ImportInitial(ImportContext context) =>
        context.Variables.Initialize(context.Origin, context.Called(context.Options<CallOnceOptions>().InitSubgraph));

    public override void Check(Node node) => Require.That(
        node.Input.ByteSize == node.Output.ByteSize && node.Input.ByteSize > 0 && node.Input.Type == node.Output.Type,
        node,
        $"{node.Input.Type.DisplayName()} {node.Input.Shape} for a variable of {node.Output.Type.DisplayName()} {node.Output.Shape}",
        "one type and size, at least one element");

    public override int? ViewOffset(Node node, int output) => 0;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var size = node.Output.ByteSize;
        return [StridedCopy.Of([size], 0, [1], 0, [1]).Call(node.Input, node.Output, elementSize: 1)];
    }
}
