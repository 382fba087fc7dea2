// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>arg_max: kernels/arg_max/ti_arg_max.h.</summary>
    internal sealed class ArgMax : Kernel
    {
        private const int Outer = 0;
        private const int Axis = 1;
        private const int Inner = 2;
        private const int Type = 3;
        private const int OutType = 4;
        private const int Smallest = 5;

        internal override int ParameterCount => Smallest + 1;

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int size = Element.SizeOf(p[Type]);
            int outSize = Element.SizeOf(p[OutType]);
            int at = step.Outputs[0].Offset;

            for (int o = 0; o < p[Outer]; o++)
            {
                for (int i = 0; i < p[Inner]; i++)
                {
                    int first = step.Inputs[0].Offset + (size * ((o * p[Axis] * p[Inner]) + i));
                    Element.Store(step.Outputs[0].Bytes, at, p[OutType], FirstBest(p, step.Inputs[0].Bytes, first, size));
                    at += outSize;
                }
            }
        }

        private static int FirstBest(int[] p, byte[] input, int at, int size)
        {
            int flip = p[Smallest] != 0 ? -1 : 0;
            int best = Key(input, at, p[Type], flip);
            int where = 0;

            for (int a = 1; a < p[Axis]; a++)
            {
                at += p[Inner] * size;
                int candidate = Key(input, at, p[Type], flip);
                if (candidate > best)
                {
                    best = candidate;
                    where = a;
                }
            }

            return where;
        }

        // An integer that orders as wanted; floats by their bits, not-a-number before everything.
        private static int Key(byte[] input, int at, int type, int flip)
        {
            int bits = Element.Load(input, at, type);
            if (type != Element.F32)
            {
                return bits ^ flip;
            }

            return Element.IsNaN(bits) ? int.MinValue : Element.Ordered(bits) ^ flip;
        }
    }
}
