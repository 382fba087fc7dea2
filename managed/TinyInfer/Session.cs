// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>
    /// One open model, wherever it runs. Results are those of firmware-interop/interop/ti_native.h, where each method is described:
    /// 0 or more is good, less than 0 is minus a <see cref="Status"/>. Nothing is allocated by a method that an application calls
    /// for every inference.
    /// </summary>
    internal abstract class Session
    {
        /// <summary>What <see cref="Name"/> can be.</summary>
        internal const string NativeKernels = "native";
        internal const string ManagedKernels = "managed";

        /// <summary>Length of the array for <see cref="Describe"/>, and what is where in it.</summary>
        internal const int ModelValues = 8;
        internal const int InputCount = 0;
        internal const int OutputCount = 1;
        internal const int StepCount = 2;
        internal const int MetadataCount = 3;
        internal const int GoldenCount = 4;
        internal const int ImageBytes = 5;
        internal const int ArenaBytes = 6;
        internal const int StateBytes = 7;

        /// <summary>Length of the array for <see cref="DescribeTensor"/>, and what is where in it.</summary>
        internal const int TensorValues = 10;
        internal const int TensorType = 0;
        internal const int TensorRank = 1;
        internal const int TensorScale = 2;
        internal const int TensorZeroPoint = 3;
        internal const int TensorDims = 4;

        /// <summary>What <see cref="Text"/> is asked for.</summary>
        internal const int ModelName = 0;
        internal const int TensorName = 1;
        internal const int StepName = 2;
        internal const int MetadataKey = 3;
        internal const int MetadataValue = 4;

        internal abstract string Name { get; }

        internal abstract int Describe(int[] values);

        internal abstract int DescribeTensor(int tensor, int[] values);

        internal abstract string Text(int kind, int index);

        internal abstract int Write(int tensor, int at, sbyte[] array, int start, int count);

        internal abstract int Write(int tensor, int at, byte[] array, int start, int count);

        internal abstract int Write(int tensor, int at, short[] array, int start, int count);

        internal abstract int Write(int tensor, int at, int[] array, int start, int count);

        internal abstract int Write(int tensor, int at, float[] array, int start, int count);

        internal abstract int Read(int tensor, int at, sbyte[] array, int start, int count);

        internal abstract int Read(int tensor, int at, byte[] array, int start, int count);

        internal abstract int Read(int tensor, int at, short[] array, int start, int count);

        internal abstract int Read(int tensor, int at, int[] array, int start, int count);

        internal abstract int Read(int tensor, int at, float[] array, int start, int count);

        internal abstract int TopK(int tensor, int[] indices, int count);

        internal abstract int Run();

        internal abstract int RunSlice(int microseconds);

        internal abstract int Reset();

        internal abstract int Profile(int[] cycles);

        internal abstract int SelfTest(int[] where);

        internal abstract void Close();
    }
}
