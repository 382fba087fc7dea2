// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>branch: kernels/branch/ti_branch.h. It computes nothing but which step is next.</summary>
    internal sealed class Branch : Kernel
    {
        internal override int ParameterCount => 1;

        internal override void Run(Step step)
        {
        }

        internal static bool IsTaken(Step step) =>
            step.Inputs.Length == 0 || (step.Inputs[0].Bytes[step.Inputs[0].Offset] != 0) == (step.Parameters[0] != 0);
    }
}
