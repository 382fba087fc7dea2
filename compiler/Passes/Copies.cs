// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Passes;

/// <summary>Looks through nodes that give on their input byte by byte: reshapes, casts to the same type.</summary>
internal static class Copies
{
    /// <summary>What a value has its bytes from.</summary>
    public static Value Source(this Graph graph, Value value)
    {
        while (graph.ProducerOf(value) is { } node && IsCopy(node))
        {
            value = node.Input;
        }

        return value;
    }

    private static bool IsCopy(Node node) =>
        node.Outputs.Count == 1 && node.Inputs.Count > 0 && node.Input.ByteSize == node.Output.ByteSize && node.Op.ViewOffset(node, 0) == 0;
}
