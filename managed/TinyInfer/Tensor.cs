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
        private readonly int _index;
        private readonly int[] _one = new int[1];
        private float[] _real;

        internal Tensor(Model model, Session session, int index, bool input)
        {
            int[] values = new int[Session.TensorValues];
            session.DescribeTensor(index, values);

            _model = model;
            _index = index;
            IsInput = input;
            Name = session.Text(Session.TensorName, index);
            Type = (ElementType)values[Session.TensorType];
            Scale = BitConverter.ToSingle(BitConverter.GetBytes(values[Session.TensorScale]), 0);
            ZeroPoint = values[Session.TensorZeroPoint];
            Shape = new int[values[Session.TensorRank]];
            Size = 1;
            for (int i = 0; i < Shape.Length; i++)
            {
                Shape[i] = values[Session.TensorDims + i];
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
        public int ArgMax() => TopK(_one) == 0 ? -1 : _one[0];

        /// <summary>Finds the largest elements, in descending order; of equal ones the first comes first.</summary>
        /// <param name="indices">Gets their indices; its length says how many are wanted.</param>
        /// <returns>How many were found: fewer than wanted when the tensor is smaller.</returns>
        /// <exception cref="ArgumentNullException">The array is null.</exception>
        /// <exception cref="TinyInferException">The type is Int64 or Bool, or a run in slices is not finished.</exception>
        public int TopK(int[] indices)
        {
            Session session = Opened(indices);
            int result = session.TopK(_index, indices, indices.Length);
            if (result < 0)
            {
                throw Fault.Of(result, Name, What());
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
            Opened(array);
            Whole(array.Length);
            Write(array, 0, array.Length, 0);
        }

        /// <summary>Writes a range of an input of type Int8.</summary>
        /// <param name="array">Where the elements come from.</param>
        /// <param name="start">The first of them in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">Where the first of them goes in the tensor.</param>
        public void Write(sbyte[] array, int start, int count, int at) =>
            Done(Opened(array).Write(_index, at, array, start, count), "sbyte[]", array.Length, start, count, at);

        /// <summary>Writes all elements of an input of type UInt8 or Bool.</summary>
        /// <param name="array">As many elements as the tensor has.</param>
        public void Write(byte[] array)
        {
            Opened(array);
            Whole(array.Length);
            Write(array, 0, array.Length, 0);
        }

        /// <summary>Writes a range of an input of type UInt8 or Bool.</summary>
        /// <param name="array">Where the elements come from.</param>
        /// <param name="start">The first of them in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">Where the first of them goes in the tensor.</param>
        public void Write(byte[] array, int start, int count, int at) =>
            Done(Opened(array).Write(_index, at, array, start, count), "byte[]", array.Length, start, count, at);

        /// <summary>Writes all elements of an input of type Int16.</summary>
        /// <param name="array">As many elements as the tensor has.</param>
        public void Write(short[] array)
        {
            Opened(array);
            Whole(array.Length);
            Write(array, 0, array.Length, 0);
        }

        /// <summary>Writes a range of an input of type Int16.</summary>
        /// <param name="array">Where the elements come from.</param>
        /// <param name="start">The first of them in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">Where the first of them goes in the tensor.</param>
        public void Write(short[] array, int start, int count, int at) =>
            Done(Opened(array).Write(_index, at, array, start, count), "short[]", array.Length, start, count, at);

        /// <summary>Writes all elements of an input of type Int32 or Int64.</summary>
        /// <param name="array">As many elements as the tensor has.</param>
        public void Write(int[] array)
        {
            Opened(array);
            Whole(array.Length);
            Write(array, 0, array.Length, 0);
        }

        /// <summary>Writes a range of an input of type Int32 or Int64.</summary>
        /// <param name="array">Where the elements come from.</param>
        /// <param name="start">The first of them in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">Where the first of them goes in the tensor.</param>
        public void Write(int[] array, int start, int count, int at) =>
            Done(Opened(array).Write(_index, at, array, start, count), "int[]", array.Length, start, count, at);

        /// <summary>Writes all real numbers of an input of type Float32 or quantized.</summary>
        /// <param name="array">As many elements as the tensor has.</param>
        public void Write(float[] array)
        {
            Opened(array);
            Whole(array.Length);
            Write(array, 0, array.Length, 0);
        }

        /// <summary>Writes a range of an input of type Float32 or quantized.</summary>
        /// <param name="array">Where the elements come from.</param>
        /// <param name="start">The first of them in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">Where the first of them goes in the tensor.</param>
        public void Write(float[] array, int start, int count, int at) =>
            Done(Opened(array).Write(_index, at, array, start, count), "float[]", array.Length, start, count, at);

        /// <summary>Reads all elements of a tensor of type Int8.</summary>
        /// <param name="array">Gets as many elements as the tensor has.</param>
        public void Read(sbyte[] array)
        {
            Opened(array);
            Whole(array.Length);
            Read(array, 0, array.Length, 0);
        }

        /// <summary>Reads a range of a tensor of type Int8.</summary>
        /// <param name="array">Where the elements go.</param>
        /// <param name="start">Where the first of them goes in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The first of them in the tensor.</param>
        public void Read(sbyte[] array, int start, int count, int at) =>
            Done(Opened(array).Read(_index, at, array, start, count), "sbyte[]", array.Length, start, count, at);

        /// <summary>Reads all elements of a tensor of type UInt8 or Bool.</summary>
        /// <param name="array">Gets as many elements as the tensor has.</param>
        public void Read(byte[] array)
        {
            Opened(array);
            Whole(array.Length);
            Read(array, 0, array.Length, 0);
        }

        /// <summary>Reads a range of a tensor of type UInt8 or Bool.</summary>
        /// <param name="array">Where the elements go.</param>
        /// <param name="start">Where the first of them goes in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The first of them in the tensor.</param>
        public void Read(byte[] array, int start, int count, int at) =>
            Done(Opened(array).Read(_index, at, array, start, count), "byte[]", array.Length, start, count, at);

        /// <summary>Reads all elements of a tensor of type Int16.</summary>
        /// <param name="array">Gets as many elements as the tensor has.</param>
        public void Read(short[] array)
        {
            Opened(array);
            Whole(array.Length);
            Read(array, 0, array.Length, 0);
        }

        /// <summary>Reads a range of a tensor of type Int16.</summary>
        /// <param name="array">Where the elements go.</param>
        /// <param name="start">Where the first of them goes in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The first of them in the tensor.</param>
        public void Read(short[] array, int start, int count, int at) =>
            Done(Opened(array).Read(_index, at, array, start, count), "short[]", array.Length, start, count, at);

        /// <summary>Reads all elements of a tensor of type Int32 or Int64.</summary>
        /// <param name="array">Gets as many elements as the tensor has.</param>
        public void Read(int[] array)
        {
            Opened(array);
            Whole(array.Length);
            Read(array, 0, array.Length, 0);
        }

        /// <summary>Reads a range of a tensor of type Int32 or Int64.</summary>
        /// <param name="array">Where the elements go.</param>
        /// <param name="start">Where the first of them goes in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The first of them in the tensor.</param>
        public void Read(int[] array, int start, int count, int at) =>
            Done(Opened(array).Read(_index, at, array, start, count), "int[]", array.Length, start, count, at);

        /// <summary>Reads all real numbers of a tensor of type Float32 or quantized.</summary>
        /// <param name="array">Gets as many elements as the tensor has.</param>
        public void Read(float[] array)
        {
            Opened(array);
            Whole(array.Length);
            Read(array, 0, array.Length, 0);
        }

        /// <summary>Reads a range of a tensor of type Float32 or quantized.</summary>
        /// <param name="array">Where the elements go.</param>
        /// <param name="start">Where the first of them goes in the array.</param>
        /// <param name="count">How many.</param>
        /// <param name="at">The first of them in the tensor.</param>
        public void Read(float[] array, int start, int count, int at) =>
            Done(Opened(array).Read(_index, at, array, start, count), "float[]", array.Length, start, count, at);

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

        private Session Opened(object array)
        {
            if (array == null)
            {
                throw new ArgumentNullException("array");
            }

            return _model.Opened();
        }

        private string What() => (IsInput ? "input \"" : "output \"") + Name + "\"";

        private void Whole(int length)
        {
            if (length != Size)
            {
                throw new TinyInferException(Status.WrongSize, Name, What() + ": the array has " + length + " elements and the tensor " + Size);
            }
        }

        // Called for every transfer: only a failure allocates.
        private void Done(int result, string given, int length, int start, int count, int at)
        {
            if (result >= 0)
            {
                return;
            }

            if (result == -(int)Status.WrongType)
            {
                throw new TinyInferException(Status.WrongType, Name, What() + " holds " + TypeName(Type) + ": it takes " + Taken() + ", not " + given);
            }

            if (result == -(int)Status.WrongSize)
            {
                throw new TinyInferException(Status.WrongSize, Name, What() + ": " + count + " elements from " + start + " of an array of " + length +
                    ", and from " + at + " of a tensor of " + Size);
            }

            throw Fault.Of(result, Name, What());
        }

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
