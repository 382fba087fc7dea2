// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>What is where in the answers of <c>Native</c>: the enums of firmware-interop/interop/ti_native.h.</summary>
    internal static class Facts
    {
        /// <summary>Length of the array for <c>Native.Describe</c>, and what is where in it.</summary>
        internal const int ModelValues = 8;
        internal const int InputCount = 0;
        internal const int OutputCount = 1;
        internal const int StepCount = 2;
        internal const int MetadataCount = 3;
        internal const int GoldenCount = 4;
        internal const int ImageBytes = 5;
        internal const int ArenaBytes = 6;
        internal const int StateBytes = 7;

        /// <summary>Length of the array for <c>Native.DescribeTensor</c>, and what is where in it.</summary>
        internal const int TensorValues = 10;
        internal const int TensorType = 0;
        internal const int TensorRank = 1;
        internal const int TensorScale = 2;
        internal const int TensorZeroPoint = 3;
        internal const int TensorDims = 4;

        /// <summary>What <c>Native.Text</c> is asked for.</summary>
        internal const int ModelName = 0;
        internal const int TensorName = 1;
        internal const int StepName = 2;
        internal const int MetadataKey = 3;
        internal const int MetadataValue = 4;
    }
}
