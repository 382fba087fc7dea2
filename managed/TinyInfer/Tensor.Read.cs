// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <content>Arrays that come out.</content>
    public sealed partial class Tensor
    {
        /// <summary>Reads all elements of a tensor of type Int8.</summary>
        /// <param name="array">Gets as many elements as the tensor has.</param>
        public void Read(sbyte[] array)
        {
            int result = Native.Read(_handle, _index, array);
            if (result != 0)
            {
                throw Failed(result, array, "sbyte[]");
            }
        }

        /// <summary>Reads a range of a tensor of type Int8.</summary>
        /// <param name="array">Where the elements go.</param>
        /// <param name="start">Where the first of them goes in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The first of them in the tensor.</param>
        public void Read(sbyte[] array, int start, int count, int at)
        {
            int result = Native.ReadRange(_handle, _index, at, array, start, count);
            if (result != 0)
            {
                throw Failed(result, array, "sbyte[]", start, count, at);
            }
        }

        /// <summary>Reads all elements of a tensor of type UInt8 or Bool.</summary>
        /// <param name="array">Gets as many elements as the tensor has.</param>
        public void Read(byte[] array)
        {
            int result = Native.Read(_handle, _index, array);
            if (result != 0)
            {
                throw Failed(result, array, "byte[]");
            }
        }

        /// <summary>Reads a range of a tensor of type UInt8 or Bool.</summary>
        /// <param name="array">Where the elements go.</param>
        /// <param name="start">Where the first of them goes in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The first of them in the tensor.</param>
        public void Read(byte[] array, int start, int count, int at)
        {
            int result = Native.ReadRange(_handle, _index, at, array, start, count);
            if (result != 0)
            {
                throw Failed(result, array, "byte[]", start, count, at);
            }
        }

        /// <summary>Reads all elements of a tensor of type Int16.</summary>
        /// <param name="array">Gets as many elements as the tensor has.</param>
        public void Read(short[] array)
        {
            int result = Native.Read(_handle, _index, array);
            if (result != 0)
            {
                throw Failed(result, array, "short[]");
            }
        }

        /// <summary>Reads a range of a tensor of type Int16.</summary>
        /// <param name="array">Where the elements go.</param>
        /// <param name="start">Where the first of them goes in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The first of them in the tensor.</param>
        public void Read(short[] array, int start, int count, int at)
        {
            int result = Native.ReadRange(_handle, _index, at, array, start, count);
            if (result != 0)
            {
                throw Failed(result, array, "short[]", start, count, at);
            }
        }

        /// <summary>Reads all elements of a tensor of type Int32 or Int64.</summary>
        /// <param name="array">Gets as many elements as the tensor has.</param>
        public void Read(int[] array)
        {
            int result = Native.Read(_handle, _index, array);
            if (result != 0)
            {
                throw Failed(result, array, "int[]");
            }
        }

        /// <summary>Reads a range of a tensor of type Int32 or Int64.</summary>
        /// <param name="array">Where the elements go.</param>
        /// <param name="start">Where the first of them goes in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The first of them in the tensor.</param>
        public void Read(int[] array, int start, int count, int at)
        {
            int result = Native.ReadRange(_handle, _index, at, array, start, count);
            if (result != 0)
            {
                throw Failed(result, array, "int[]", start, count, at);
            }
        }

        /// <summary>Reads all real numbers of a tensor of type Float32 or quantized.</summary>
        /// <param name="array">Gets as many elements as the tensor has.</param>
        public void Read(float[] array)
        {
            int result = Native.Read(_handle, _index, array);
            if (result != 0)
            {
                throw Failed(result, array, "float[]");
            }
        }

        /// <summary>Reads a range of a tensor of type Float32 or quantized.</summary>
        /// <param name="array">Where the elements go.</param>
        /// <param name="start">Where the first of them goes in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The first of them in the tensor.</param>
        public void Read(float[] array, int start, int count, int at)
        {
            int result = Native.ReadRange(_handle, _index, at, array, start, count);
            if (result != 0)
            {
                throw Failed(result, array, "float[]", start, count, at);
            }
        }
    }
}
