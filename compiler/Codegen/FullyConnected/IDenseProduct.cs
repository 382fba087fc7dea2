// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>How sums of weights times inputs are computed: what four inputs are expanded to, and the inner loop over them.</summary>
internal interface IDenseProduct
{
    /// <summary>Bytes of weights from one block of rows to the next.</summary>
    int BlockBytes { get; }

    /// <summary>Bytes by which the last block starts earlier.</summary>
    int LastBlockBack { get; }

    /// <summary>Constants in r2 and r3, for <see cref="Expand"/>.</summary>
    void StartExpansion();

    /// <summary>Four inputs, a word of int8 in r4, become two words in r6 and r7.</summary>
    /// <param name="overlap">The lowest bytes, which must not count: the word before has them.</param>
    void Expand(int overlap);

    /// <summary>Adds all products to the sums in r0..; r12 holds the expanded inputs, lr the weights of the block, both are lost.</summary>
    void Sums();
}
