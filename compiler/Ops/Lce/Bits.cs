// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops.Lce;

/// <summary>How Larq Compute Engine packs numbers of +-1: 32 channels in an int32, the first one lowest, a set bit for -1.</summary>
internal static class Bits
{
    public const int PerWord = 32;

    public static int Words(int channels) => (channels + PerWord - 1) / PerWord;

    /// <summary>Refuses tensors of which <paramref name="packed"/> is not <paramref name="plain"/> with its channels packed.</summary>
    public static void Check(Node node, Value plain, Value packed)
    {
        Require.Types(node, ElementType.S32, packed);
        Require.Filled(node, plain, packed);
        Require.That(
            plain.Shape.Rank >= 1 && plain.Shape.Rank == packed.Shape.Rank
                && Enumerable.Range(0, plain.Shape.Rank - 1).All(axis => plain.Shape[axis] == packed.Shape[axis])
                && packed.Shape[-1] == Words(plain.Shape[-1]),
            node,
            $"shapes {node.Input.Shape} and {node.Output.Shape}",
            $"equal ones, but for the last dimension: a word for {PerWord} channels");
    }
}
