// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>What the kernels of two int8 operands share: the walk. Each says what becomes of one pair of stored values.</summary>
    internal abstract class Elementwise : Kernel
    {
        /// <summary>The words after the walk.</summary>
        protected const int First = BroadcastWalk.Words;

        internal override void Prepare(Step step) => step.Walk = new BroadcastWalk(step.Parameters);

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            byte[] a = step.Inputs[0].Bytes;
            byte[] b = step.Inputs[1].Bytes;
            byte[] output = step.Outputs[0].Bytes;
            int at = step.Outputs[0].Offset;
            BroadcastWalk walk = step.Walk;

            walk.Start();
            do
            {
                int i = step.Inputs[0].Offset + walk.A;
                int j = step.Inputs[1].Offset + walk.B;
                for (int n = walk.Row; n > 0; n--)
                {
                    output[at++] = Pair(p, (sbyte)a[i], (sbyte)b[j]);
                    i += walk.AStep;
                    j += walk.BStep;
                }
            }
            while (walk.Next());
        }

        protected abstract byte Pair(int[] parameters, int a, int b);
    }
}
