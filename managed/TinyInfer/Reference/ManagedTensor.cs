// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>An input or output, and how arrays fit it: the rules of ti_native_write in firmware-interop/interop/ti_native.h.</summary>
    internal sealed class ManagedTensor
    {
        private readonly Operand _place;
        private readonly float _scale;
        private readonly int _zeroPoint;
        private readonly int _elementSize;

        /// <param name="image">The image.</param>
        /// <param name="at">Offset of the tensor's record.</param>
        /// <param name="place">Where its elements are.</param>
        internal ManagedTensor(Image image, int at, Operand place)
        {
            _place = place;
            Name = image.Word(at + 8);
            Type = image.Word(at + 12);
            _scale = image.Real(at + 44);
            _zeroPoint = image.Word(at + 48);
            _elementSize = Element.SizeOf(Type);
            Count = place.Size / _elementSize;
        }

        /// <summary>Gets the offset of the name in the image.</summary>
        internal int Name { get; }

        internal int Type { get; }

        internal int Count { get; }

        internal Operand Place => _place;

        private bool IsQuantized => _scale > 0 && (Type == Element.S8 || Type == Element.U8 || Type == Element.S16);

        /// <summary>The tensor's record agrees with its place, and an input can be written.</summary>
        /// <exception cref="IndexOutOfRangeException">It does not, or it cannot.</exception>
        internal void Prove(Image image, int at, bool input)
        {
            const int MaxRank = 6;
            int rank = image.Word(at + 16);
            long size = _elementSize;
            for (int d = 0; d < MaxRank; d++)
            {
                int dim = image.Word(at + 20 + (4 * d));
                size = dim < 0 || size > int.MaxValue ? -1 : size * dim;
                if (size < 0)
                {
                    break;
                }
            }

            if (rank < 0 || rank > MaxRank || size != _place.Size || (input && _place.Bytes == image.Bytes))
            {
                throw new IndexOutOfRangeException();
            }
        }

        internal Status Write(int at, sbyte[] array, int start, int count)
        {
            Status status = Check(Type == Element.S8, at, array.Length, start, count);
            if (status != Status.Ok)
            {
                return status;
            }

            for (int i = 0; i < count; i++)
            {
                Element.Store(_place.Bytes, At(at + i), Type, array[start + i]);
            }

            return Status.Ok;
        }

        internal Status Write(int at, byte[] array, int start, int count)
        {
            Status status = Check(Type == Element.U8 || Type == Element.Bool, at, array.Length, start, count);
            if (status != Status.Ok)
            {
                return status;
            }

            for (int i = 0; i < count; i++)
            {
                Element.Store(_place.Bytes, At(at + i), Type, array[start + i]);
            }

            return Status.Ok;
        }

        internal Status Write(int at, short[] array, int start, int count)
        {
            Status status = Check(Type == Element.S16, at, array.Length, start, count);
            if (status != Status.Ok)
            {
                return status;
            }

            for (int i = 0; i < count; i++)
            {
                Element.Store(_place.Bytes, At(at + i), Type, array[start + i]);
            }

            return Status.Ok;
        }

        internal Status Write(int at, int[] array, int start, int count)
        {
            Status status = Check(Type == Element.S32 || Type == Element.S64, at, array.Length, start, count);
            if (status != Status.Ok)
            {
                return status;
            }

            for (int i = 0; i < count; i++)
            {
                Element.Store(_place.Bytes, At(at + i), Type, array[start + i]);
            }

            return Status.Ok;
        }

        internal Status Write(int at, float[] array, int start, int count)
        {
            Status status = Check(Type == Element.F32 || IsQuantized, at, array.Length, start, count);
            if (status != Status.Ok)
            {
                return status;
            }

            for (int i = 0; i < count; i++)
            {
                if (Type == Element.F32)
                {
                    Element.StoreFloat(_place.Bytes, At(at + i), array[start + i]);
                }
                else
                {
                    Element.Store(_place.Bytes, At(at + i), Type, Element.Quantize(array[start + i], _scale, _zeroPoint, Type));
                }
            }

            return Status.Ok;
        }

        internal Status Read(int at, sbyte[] array, int start, int count)
        {
            Status status = Check(Type == Element.S8, at, array.Length, start, count);
            if (status != Status.Ok)
            {
                return status;
            }

            for (int i = 0; i < count; i++)
            {
                array[start + i] = (sbyte)Element.Load(_place.Bytes, At(at + i), Type);
            }

            return Status.Ok;
        }

        internal Status Read(int at, byte[] array, int start, int count)
        {
            Status status = Check(Type == Element.U8 || Type == Element.Bool, at, array.Length, start, count);
            if (status != Status.Ok)
            {
                return status;
            }

            for (int i = 0; i < count; i++)
            {
                array[start + i] = (byte)Element.Load(_place.Bytes, At(at + i), Type);
            }

            return Status.Ok;
        }

        internal Status Read(int at, short[] array, int start, int count)
        {
            Status status = Check(Type == Element.S16, at, array.Length, start, count);
            if (status != Status.Ok)
            {
                return status;
            }

            for (int i = 0; i < count; i++)
            {
                array[start + i] = (short)Element.Load(_place.Bytes, At(at + i), Type);
            }

            return Status.Ok;
        }

        internal Status Read(int at, int[] array, int start, int count)
        {
            Status status = Check(Type == Element.S32 || Type == Element.S64, at, array.Length, start, count);
            if (status != Status.Ok)
            {
                return status;
            }

            for (int i = 0; i < count; i++)
            {
                array[start + i] = Element.Load(_place.Bytes, At(at + i), Type);
            }

            return Status.Ok;
        }

        internal Status Read(int at, float[] array, int start, int count)
        {
            Status status = Check(Type == Element.F32 || IsQuantized, at, array.Length, start, count);
            if (status != Status.Ok)
            {
                return status;
            }

            for (int i = 0; i < count; i++)
            {
                array[start + i] = Type == Element.F32
                    ? Element.LoadFloat(_place.Bytes, At(at + i))
                    : _scale * (Element.Load(_place.Bytes, At(at + i), Type) - _zeroPoint);
            }

            return Status.Ok;
        }

        /// <summary>The indices of the largest elements, in descending order; how many there are.</summary>
        internal int TopK(int[] indices, int count)
        {
            int found = 0;
            for (int i = 0; i < Count && count > 0; i++)
            {
                if (found == count && !Greater(i, indices[count - 1]))
                {
                    continue;
                }

                found += found < count ? 1 : 0;
                int to = found - 1;
                while (to > 0 && Greater(i, indices[to - 1]))
                {
                    indices[to] = indices[to - 1];
                    to--;
                }

                indices[to] = i;
            }

            return found;
        }

        private bool Greater(int i, int j)
        {
            int a = Element.Load(_place.Bytes, At(i), Type);
            int b = Element.Load(_place.Bytes, At(j), Type);

            return Type == Element.F32 ? !Element.IsNaN(a) && !Element.IsNaN(b) && Element.Ordered(a) > Element.Ordered(b) : a > b;
        }

        private int At(int index) => _place.Offset + (index * _elementSize);

        private Status Check(bool fits, int at, int length, int start, int count)
        {
            if (!fits)
            {
                return Status.WrongType;
            }

            return Inside(start, count, length) && Inside(at, count, Count) ? Status.Ok : Status.WrongSize;
        }

        private static bool Inside(int start, int count, int length) => start >= 0 && count >= 0 && start <= length && count <= length - start;
    }
}
