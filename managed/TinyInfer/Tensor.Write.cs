// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <content>Arrays that go in.</content>
    public sealed partial class Tensor
    {
        /// <summary>Writes all elements of an input of type Int8.</summary>
        /// <param name="array">As many elements as the tensor has.</param>
        public void Write(sbyte[] array)
        {
            int result = Native.Write(_handle, _index, array);
            if (result != 0)
            {
                throw Failed(result, array, "sbyte[]");
            }
        }

        /// <summary>Writes a range of an input of type Int8.</summary>
        /// <param name="array">Where the elements come from.</param>
        /// <param name="start">The first of them in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">Where the first of them goes in the tensor.</param>
        public void Write(sbyte[] array, int start, int count, int at)
        {
            int result = Native.WriteRange(_handle, _index, at, array, start, count);
            if (result != 0)
            {
                throw Failed(result, array, "sbyte[]", start, count, at);
            }
        }

        /// <summary>Writes all elements of an input of type UInt8 or Bool.</summary>
        /// <param name="array">As many elements as the tensor has.</param>
        public void Write(byte[] array)
        {
            int result = Native.Write(_handle, _index, array);
            if (result != 0)
            {
                throw Failed(result, array, "byte[]");
            }
        }

        /// <summary>Writes a range of an input of type UInt8 or Bool.</summary>
        /// <param name="array">Where the elements come from.</param>
        /// <param name="start">The first of them in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">Where the first of them goes in the tensor.</param>
        public void Write(byte[] array, int start, int count, int at)
        {
            int result = Native.WriteRange(_handle, _index, at, array, start, count);
            if (result != 0)
            {
                throw Failed(result, array, "byte[]", start, count, at);
            }
        }

        /// <summary>Writes all elements of an input of type Int16.</summary>
        /// <param name="array">As many elements as the tensor has.</param>
        public void Write(short[] array)
        {
            int result = Native.Write(_handle, _index, array);
            if (result != 0)
            {
                throw Failed(result, array, "short[]");
            }
        }

        /// <summary>Writes a range of an input of type Int16.</summary>
        /// <param name="array">Where the elements come from.</param>
        /// <param name="start">The first of them in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">Where the first of them goes in the tensor.</param>
        public void Write(short[] array, int start, int count, int at)
        {
            int result = Native.WriteRange(_handle, _index, at, array, start, count);
            if (result != 0)
            {
                throw Failed(result, array, "short[]", start, count, at);
            }
        }

        /// <summary>Writes all elements of an input of type Int32 or Int64.</summary>
        /// <param name="array">As many elements as the tensor has.</param>
        public void Write(int[] array)
        {
            int result = Native.Write(_handle, _index, array);
            if (result != 0)
            {
                throw Failed(result, array, "int[]");
            }
        }

        /// <summary>Writes a range of an input of type Int32 or Int64.</summary>
        /// <param name="array">Where the elements come from.</param>
        /// <param name="start">The first of them in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">Where the first of them goes in the tensor.</param>
        public void Write(int[] array, int start, int count, int at)
        {
            int result = Native.WriteRange(_handle, _index, at, array, start, count);
            if (result != 0)
            {
                throw Failed(result, array, "int[]", start, count, at);
            }
        }

        /// <summary>Writes all real numbers of an input of type Float32 or quantized.</summary>
        /// <param name="array">As many elements as the tensor has.</param>
        public void Write(float[] array)
        {
            int result = Native.Write(_handle, _index, array);
            if (result != 0)
            {
                throw Failed(result, array, "float[]");
            }
        }

        /// <summary>Writes a range of an input of type Float32 or quantized.</summary>
        /// <param name="array">Where the elements come from.</param>
        /// <param name="start">The first of them in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">Where the first of them goes in the tensor.</param>
        public void Write(float[] array, int start, int count, int at)
        {
            int result = Native.WriteRange(_handle, _index, at, array, start, count);
            if (result != 0)
            {
                throw Failed(result, array, "float[]", start, count, at);
            }
        }
    }
}
