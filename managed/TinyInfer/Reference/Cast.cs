// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>cast: kernels/cast/ti_cast.h.</summary>
    internal sealed class Cast : Kernel
    {
        private const float IntLimit = 2147483648.0F;
        private const float LongLimit = 9223372036854775808.0F;

        internal override int ParameterCount => 3;

        internal override void Run(Step step)
        {
            int from = step.Parameters[1];
            int to = step.Parameters[2];
            int inSize = Element.SizeOf(from);
            int outSize = Element.SizeOf(to);
            byte[] input = step.Inputs[0].Bytes;
            byte[] output = step.Outputs[0].Bytes;
            int read = step.Inputs[0].Offset;
            int write = step.Outputs[0].Offset;

            for (int i = 0; i < step.Parameters[0]; i++)
            {
                if (from == Element.F32)
                {
                    FromFloat(output, write, to, Element.LoadFloat(input, read));
                }
                else
                {
                    FromInteger(output, write, to, Load(input, read, from), from);
                }

                read += inSize;
                write += outSize;
            }
        }

        private static long Load(byte[] input, int at, int type)
        {
            if (type == Element.S64 || type == Element.U64)
            {
                return LoadLong(input, at);
            }

            int value = Element.Load(input, at, type);
            return type == Element.U32 ? (long)(uint)value : value;
        }

        private static void FromFloat(byte[] output, int at, int type, float value)
        {
            if (type == Element.F32)
            {
                Element.StoreFloat(output, at, value);
            }
            else if (type == Element.Bool)
            {
                output[at] = (byte)(value != 0 ? 1 : 0);
            }
            else
            {
                StoreLong(output, at, type, Truncated(value, type == Element.S64));
            }
        }

        private static void FromInteger(byte[] output, int at, int type, long value, int from)
        {
            if (type == Element.F32)
            {
                Element.StoreFloat(output, at, from == Element.U64 ? (float)(ulong)value : (float)value);
            }
            else
            {
                StoreLong(output, at, type, type == Element.Bool ? (value != 0 ? 1 : 0) : value);
            }
        }

        // Cut to int32, or int64; what is not a number is 0.
        private static long Truncated(float value, bool wide)
        {
            float limit = wide ? LongLimit : IntLimit;
            if (float.IsNaN(value))
            {
                return 0;
            }

            if (value >= limit)
            {
                return wide ? long.MaxValue : int.MaxValue;
            }

            if (value < -limit)
            {
                return wide ? long.MinValue : int.MinValue;
            }

            return (long)value;
        }

        private static long LoadLong(byte[] input, int at) =>
            (uint)Element.Load(input, at, Element.S32) | ((long)Element.Load(input, at + 4, Element.S32) << 32);

        // The low bytes of the value.
        private static void StoreLong(byte[] output, int at, int type, long value)
        {
            int size = Element.SizeOf(type);
            for (int i = 0; i < size; i++)
            {
                output[at + i] = (byte)(value >> (8 * i));
            }
        }
    }
}
