// SPDX-License-Identifier: MIT
using System;

namespace TinyInfer
{
    /// <summary>Decodes the steps of an image, once.</summary>
    internal sealed class StepReader
    {
        private const int OffsetBits = 28;
        private readonly Image _image;
        private readonly byte[][] _regions;

        /// <param name="image">The image.</param>
        /// <param name="regions">The bytes of each memory region; region 0 is the image.</param>
        internal StepReader(Image image, byte[][] regions)
        {
            _image = image;
            _regions = regions;
        }

        /// <summary>All steps.</summary>
        /// <exception cref="IndexOutOfRangeException">A table or an operand lies outside its region.</exception>
        internal Step[] All()
        {
            Step[] steps = new Step[_image.Count(_image.Steps, Image.StepSize)];
            for (int i = 0; i < steps.Length; i++)
            {
                steps[i] = Read(i);
            }

            return steps;
        }

        /// <summary>A place: location and size.</summary>
        internal Operand Place(int at)
        {
            int location = _image.Word(at);
            return new Operand(_regions[(location >> OffsetBits) & 15], location & ((1 << OffsetBits) - 1), _image.Word(at + 4));
        }

        private Step Read(int index)
        {
            int at = _image.Record(_image.Steps, index, Image.StepSize);
            int counts = _image.Word(at);
            Kernel kernel = Kernels.Find(counts & 0xFFFF);
            if (kernel == null)
            {
                throw new TinyInferException(
                    Status.UnknownKernel, "step " + index, "the image, step " + index + ": its kernel exists in firmware only, use the package TinyInfer.Native");
            }

            int operands = _image.Word(at + 12);
            Step step = new Step();
            step.Kernel = kernel;
            step.Entry = _image.Word(at + 4);
            step.Parameters = new Operand(_image.Bytes, _image.Word(at + 8), kernel.ParameterCount * 4).ToInts();
            step.Inputs = Places(operands, (counts >> 16) & 0xFF);
            step.Outputs = Places(operands + (8 * step.Inputs.Length), (counts >> 24) & 0xFF);
            step.Constants = Constants(step.Inputs, kernel.ConstantInputs, index);
            kernel.Prepare(step);
            return step;
        }

        private Operand[] Places(int at, int count)
        {
            Operand[] places = new Operand[count];
            for (int i = 0; i < count; i++)
            {
                places[i] = Place(at + (8 * i));
            }

            return places;
        }

        private int[][] Constants(Operand[] inputs, int wanted, int index)
        {
            int[][] constants = new int[inputs.Length][];
            for (int i = 0; i < inputs.Length; i++)
            {
                if ((wanted & (1 << i)) == 0)
                {
                    continue;
                }

                if (inputs[i].Bytes != _image.Bytes)
                {
                    throw Fault.Open(-(int)Status.BadParams, index, 0, 0);
                }

                constants[i] = inputs[i].ToInts();
            }

            return constants;
        }
    }
}
