// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>How an elementwise kernel of two operands walks them: firmware-interop/kernels/common/ti_broadcast.h.</summary>
    internal sealed class BroadcastWalk
    {
        /// <summary>Words that dimensions and strides take at the start of a parameter struct.</summary>
        internal const int Words = 18;

        private const int Axes = 6;
        private const int AStrides = 6;
        private const int BStrides = 12;
        private readonly int[] _parameters;
        private readonly int[] _index = new int[Axes - 1];

        internal BroadcastWalk(int[] parameters)
        {
            _parameters = parameters;
        }

        /// <summary>Where the row begins in each operand.</summary>
        internal int A;
        internal int B;

        /// <summary>Gets the number of elements of a row, and the step of each operand along it.</summary>
        internal int Row => _parameters[Axes - 1];

        internal int AStep => _parameters[AStrides + Axes - 1];

        internal int BStep => _parameters[BStrides + Axes - 1];

        /// <summary>Goes to the first row.</summary>
        internal void Start()
        {
            A = 0;
            B = 0;
            for (int axis = 0; axis < _index.Length; axis++)
            {
                _index[axis] = 0;
            }
        }

        /// <summary>Goes to the next row; false after the last one.</summary>
        internal bool Next()
        {
            for (int axis = Axes - 2; axis >= 0; axis--)
            {
                A += _parameters[AStrides + axis];
                B += _parameters[BStrides + axis];
                if (++_index[axis] < _parameters[axis])
                {
                    return true;
                }

                _index[axis] = 0;
                A -= _parameters[AStrides + axis] * _parameters[axis];
                B -= _parameters[BStrides + axis] * _parameters[axis];
            }

            return false;
        }
    }
}
