// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Profiling;

/// <summary>
/// The input a model is profiled on when none is given: the same noise every time. Cycles depend a little on the data, and all
/// zeros would be the friendliest.
/// </summary>
internal static class ProfileInput
{
    public static byte[] For(IReadOnlyList<Value> inputs)
    {
        var state = 0x2545F491u;
        return [.. inputs.SelectMany(input => Noise(input, ref state))];
    }

    private static byte[] Noise(Value input, ref uint state)
    {
        var bytes = new byte[input.ByteSize];
        switch (input.Type)
        {
            case ElementType.S8 or ElementType.U8 or ElementType.S16:
                for (var i = 0; i < bytes.Length; i++)
                {
                    bytes[i] = (byte)(Next(ref state) >> 24);
                }

                break;
            case ElementType.F32:
                for (var i = 0; i < bytes.Length; i += sizeof(float))
                {
                    BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i), (int)Next(ref state) / 2147483648f);
                }

                break;
            default:
                // Integers are indices and sizes: zero is valid for all.
                break;
        }

        return bytes;
    }

    private static uint Next(ref uint state)
    {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        return state;
    }
}
