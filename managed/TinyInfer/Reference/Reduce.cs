// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>reduce_sum_s8, reduce_max_s8 and reduce_min_s8: kernels/reduce/ti_reduce.h.</summary>
    internal sealed class Reduce : Kernel
    {
        internal const int Sum = 0;
        internal const int Max = 1;
        internal const int Min = 2;

        private const int KeptSize = 0;
        private const int KeptStride = 3;
        private const int ReducedSize = 6;
        private const int ReducedStride = 9;
        private const int Offset = 12;
        private const int Multiplier = 13;
        private const int Shift = 14;
        private const int ZeroPoint = 15;
        private readonly int _kind;

        internal Reduce(int kind)
        {
            _kind = kind;
        }

        internal override int ParameterCount => _kind == Sum ? ZeroPoint + 1 : Offset;

        internal override void Run(Step step)
        {
            int[] p = step.Parameters;
            int at = step.Outputs[0].Offset;

            for (int outer = 0; outer < p[KeptSize]; outer++)
            {
                for (int middle = 0; middle < p[KeptSize + 1]; middle++)
                {
                    for (int inner = 0; inner < p[KeptSize + 2]; inner++)
                    {
                        int first = step.Inputs[0].Offset + (outer * p[KeptStride]) + (middle * p[KeptStride + 1]) + (inner * p[KeptStride + 2]);
                        step.Outputs[0].Bytes[at++] = Element(p, step.Inputs[0].Bytes, first);
                    }
                }
            }
        }

        private byte Element(int[] p, byte[] input, int first)
        {
            int value = _kind == Sum ? p[Offset] : _kind == Max ? sbyte.MinValue : sbyte.MaxValue;

            for (int outer = 0; outer < p[ReducedSize]; outer++)
            {
                for (int middle = 0; middle < p[ReducedSize + 1]; middle++)
                {
                    int at = first + (outer * p[ReducedStride]) + (middle * p[ReducedStride + 1]);
                    for (int inner = p[ReducedSize + 2]; inner > 0; inner--)
                    {
                        value = Fold(value, (sbyte)input[at]);
                        at += p[ReducedStride + 2];
                    }
                }
            }

            return _kind == Sum
                ? Fixed.Requantize(value, p[Multiplier], p[Shift], p[ZeroPoint], sbyte.MinValue, sbyte.MaxValue)
                : (byte)value;
        }

        private int Fold(int value, int element)
        {
            if (_kind == Sum)
            {
                return value + element;
            }

            return (element > value) == (_kind == Max) ? element : value;
        }
    }
}
