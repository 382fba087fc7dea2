// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>
    /// A kernel of firmware-interop/kernels in C#: the same formula, the same bytes. Each names the header that explains it. The
    /// runtime checks every array access, so a hostile image can raise an exception but reach nothing else.
    /// </summary>
    internal abstract class Kernel
    {
        /// <summary>Gets the number of words of the parameter struct.</summary>
        internal abstract int ParameterCount { get; }

        /// <summary>Gets the bits of the inputs that are constant arrays of 32-bit integers: bit i for input i.</summary>
        internal virtual int ConstantInputs => 0;

        /// <summary>Makes what the step needs at run time, once.</summary>
        internal virtual void Prepare(Step step)
        {
        }

        internal abstract void Run(Step step);
    }
}
