// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>
    /// An input or output of a model: elements in row-major order. A quantized element stands for the real number
    /// <c>Scale * (stored - ZeroPoint)</c>.
    /// </summary>
    /// <remarks>
    /// Arrays go in and out as a whole or in ranges, without garbage. <c>float[]</c> fits every quantized tensor and is converted on
    /// the way: <c>round(x / Scale) + ZeroPoint</c>, halves away from zero, saturated. Other arrays must have the tensor's own type
    /// (<see cref="ElementType"/> names it); <c>int[]</c> fits Int64 too. Where an element type or a range does not fit, a
    /// <see cref="TinyInferException"/> says so with <see cref="Status.WrongType"/> or <see cref="Status.WrongSize"/>.
    /// Write all of an input before each run: a run leaves nothing of it.
    /// </remarks>
    public sealed class Tensor
    {
        private readonly Model _model;
        private readonly int _handle;
        private readonly int _index;
        private float[] _real;

        internal Tensor(Model model, int handle, int index, bool input)
        {
            int[] values = new int[Facts.TensorValues];
            Native.DescribeTensor(handle, index, values);

            _model = model;
            _handle = handle;
            _index = index;
            IsInput = input;
            Name = Native.Text(handle, Facts.TensorName, index);
            Type = (ElementType)values[Facts.TensorType];
            Scale = BitConverter.ToSingle(BitConverter.GetBytes(values[Facts.TensorScale]), 0);
            ZeroPoint = values[Facts.TensorZeroPoint];
            Shape = new int[values[Facts.TensorRank]];
            Size = 1;
            for (int i = 0; i < Shape.Length; i++)
            {
                Shape[i] = values[Facts.TensorDims + i];
                Size *= Shape[i];
            }
        }

        /// <summary>Gets the name in the model file.</summary>
        public string Name { get; }

        /// <summary>Gets whether this is an input, which can be written, or an output.</summary>
        public bool IsInput { get; }

        /// <summary>Gets the type of the stored elements.</summary>
        public ElementType Type { get; }

        /// <summary>Gets the dimensions, outermost first. Do not change the array.</summary>
        public int[] Shape { get; }

        /// <summary>Gets the number of elements: the product of the dimensions.</summary>
        public int Size { get; }

        /// <summary>Gets the real number that one step of the stored integers is worth; 0 when the tensor is not quantized.</summary>
        public float Scale { get; }

        /// <summary>Gets the stored integer that stands for the real number 0.</summary>
        public int ZeroPoint { get; }

        /// <summary>Gets whether stored integers stand for real numbers.</summary>
        public bool IsQuantized => Scale > 0;

        /// <summary>Gets the index of the largest element, the first one of several; -1 when there is none.</summary>
        /// <returns>0 to <see cref="Size"/> - 1: for a classifier the number of the class.</returns>
        /// <exception cref="TinyInferException">The type is Int64 or Bool, or a run in slices is not finished.</exception>
        public int ArgMax()
        {
            int result = Native.ArgMax(_handle, _index);
            if (result < -1)
            {
                throw Failed(result);
            }

            return result;
        }

        /// <summary>Finds the largest elements, in descending order; of equal ones the first comes first.</summary>
        /// <param name="indices">Gets their indices; its length says how many are wanted.</param>
        /// <returns>How many were found: fewer than wanted when the tensor is smaller.</returns>
        /// <exception cref="ArgumentNullException">The array is null.</exception>
        /// <exception cref="TinyInferException">The type is Int64 or Bool, or a run in slices is not finished.</exception>
        public int TopK(int[] indices)
        {
            int result = Native.TopK(_handle, _index, indices);
            if (result < 0)
            {
                throw Failed(result, indices);
            }

            return result;
        }

        /// <summary>Gets one element as a real number.</summary>
        /// <param name="index">0 to <see cref="Size"/> - 1.</param>
        /// <returns>The element of a float tensor, or the dequantized element of a quantized one.</returns>
        /// <exception cref="TinyInferException">The tensor holds plain integers, or there is no such element.</exception>
        public float GetReal(int index)
        {
            if (_real == null)
            {
                _real = new float[1];
            }

            Read(_real, 0, 1, index);
            return _real[0];
        }

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

        /// <summary>Gets the tensor as text, such as <c>input "x": Int8 [1,128,1,3]</c>.</summary>
        /// <returns>Role, name, type and shape.</returns>
        public override string ToString()
        {
            string dims = "";
            for (int i = 0; i < Shape.Length; i++)
            {
                dims += (i == 0 ? "" : ",") + Shape[i].ToString();
            }

            return What() + ": " + TypeName(Type) + " [" + dims + "]";
        }

        private string What() => (IsInput ? "input \"" : "output \"") + Name + "\"";

        private Exception Failed(int result) =>
            result == -(int)Status.Closed ? _model.Failed(result) : Fault.Of(result, Name, What());

        private Exception Failed(int result, Array array) => array == null ? new ArgumentNullException("array") : Failed(result);

        private Exception Failed(int result, Array array, string given) => array != null && result == -(int)Status.WrongSize
            ? new TinyInferException(Status.WrongSize, Name, What() + ": the array has " + array.Length + " elements and the tensor " + Size)
            : Mistyped(result, array, given);

        private Exception Failed(int result, Array array, string given, int start, int count, int at) => array != null && result == -(int)Status.WrongSize
            ? new TinyInferException(Status.WrongSize, Name, What() + ": " + count + " elements from " + start + " of an array of " + array.Length +
                ", and from " + at + " of a tensor of " + Size)
            : Mistyped(result, array, given);

        private Exception Mistyped(int result, Array array, string given) => array != null && result == -(int)Status.WrongType
            ? new TinyInferException(Status.WrongType, Name, What() + " holds " + TypeName(Type) + ": it takes " + Taken() + ", not " + given)
            : Failed(result, array);

        private string Taken()
        {
            string real = Scale > 0 && Type != ElementType.Int32 ? " or float[]" : "";
            switch (Type)
            {
                case ElementType.Int8:
                    return "sbyte[]" + real;
                case ElementType.UInt8:
                case ElementType.Bool:
                    return "byte[]" + real;
                case ElementType.Int16:
                    return "short[]" + real;
                case ElementType.Float32:
                    return "float[]";
                default:
                    return "int[]";
            }
        }

        // Enum.ToString gives a number on nanoFramework.
        private static string TypeName(ElementType type)
        {
            switch (type)
            {
                case ElementType.Int8:
                    return "Int8";
                case ElementType.UInt8:
                    return "UInt8";
                case ElementType.Int16:
                    return "Int16";
                case ElementType.Int32:
                    return "Int32";
                case ElementType.Int64:
                    return "Int64";
                case ElementType.Float32:
                    return "Float32";
                case ElementType.UInt32:
                    return "UInt32";
                case ElementType.UInt64:
                    return "UInt64";
                default:
                    return "Bool";
            }
        }
    }
}
