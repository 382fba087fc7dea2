// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>How the sums of inputs that are not zero are computed: the list of these inputs in scratch, and the loop over it.</summary>
internal interface ISparseProduct
{
    /// <summary>Of the lists.</summary>
    int Scratch { get; }

    /// <summary>Rows of a block whose sums are in registers at once, from r0 on: of each two, the first one's sum, then 256 times the second one's + the first one's.</summary>
    int RowsAtOnce { get; }

    /// <summary>Makes the list of the inputs at r0 in the scratch at r3. Loses all other registers.</summary>
    void MakeList();

    /// <summary>Adds all products to the sums of some rows, and loses all other registers.</summary>
    /// <param name="first">The first of these rows in the block.</param>
    /// <param name="start">Sets the sums in the beginning; loses r12.</param>
    void Sums(int first, Action start);
}
