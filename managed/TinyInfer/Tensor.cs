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
    public sealed partial class Tensor
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
    }
}
