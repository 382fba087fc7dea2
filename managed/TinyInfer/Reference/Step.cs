// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>One call of a kernel, decoded once when the image is opened.</summary>
    internal sealed class Step
    {
        internal Kernel Kernel;

        /// <summary>Of a branch: the number of the step it goes to.</summary>
        internal int Entry;

        /// <summary>The kernel's parameter struct, word by word in the order of its C header.</summary>
        internal int[] Parameters;
        internal Operand[] Inputs;
        internal Operand[] Outputs;

        /// <summary>For each input the constants of 32 bits that the kernel has asked for, null elsewhere.</summary>
        internal int[][] Constants;

        /// <summary>For elementwise kernels, which start it anew in every run.</summary>
        internal BroadcastWalk Walk;

        /// <summary>For kernels with a sliding window.</summary>
        internal Window Rows;
        internal Window Columns;

        /// <summary>For kernels that move bytes: zeros before and after each run.</summary>
        internal int[] Index;

        /// <summary>For kernels that need memory of their own.</summary>
        internal byte[] Scratch;
    }
}
