// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>A model that runs on the kernels in the firmware.</summary>
    internal sealed class NativeSession : Session
    {
        private readonly int _handle;
        private byte[] _image;

        /// <param name="handle">What an open of <see cref="Native"/> has returned.</param>
        /// <param name="image">The array with the image, which must live as long as the model; null when it lies in flash.</param>
        internal NativeSession(int handle, byte[] image)
        {
            _handle = handle;
            _image = image;
        }

        internal override string Name => NativeKernels;

        internal override int Describe(int[] values) => Native.Describe(_handle, values);

        internal override int DescribeTensor(int tensor, int[] values) => Native.DescribeTensor(_handle, tensor, values);

        internal override string Text(int kind, int index) => Native.Text(_handle, kind, index);

        internal override int Write(int tensor, int at, sbyte[] array, int start, int count) =>
            Native.WriteS8(_handle, tensor, at, array, start, count);

        internal override int Write(int tensor, int at, byte[] array, int start, int count) =>
            Native.WriteU8(_handle, tensor, at, array, start, count);

        internal override int Write(int tensor, int at, short[] array, int start, int count) =>
            Native.WriteS16(_handle, tensor, at, array, start, count);

        internal override int Write(int tensor, int at, int[] array, int start, int count) =>
            Native.WriteS32(_handle, tensor, at, array, start, count);

        internal override int Write(int tensor, int at, float[] array, int start, int count) =>
            Native.WriteF32(_handle, tensor, at, array, start, count);

        internal override int Read(int tensor, int at, sbyte[] array, int start, int count) =>
            Native.ReadS8(_handle, tensor, at, array, start, count);

        internal override int Read(int tensor, int at, byte[] array, int start, int count) =>
            Native.ReadU8(_handle, tensor, at, array, start, count);

        internal override int Read(int tensor, int at, short[] array, int start, int count) =>
            Native.ReadS16(_handle, tensor, at, array, start, count);

        internal override int Read(int tensor, int at, int[] array, int start, int count) =>
            Native.ReadS32(_handle, tensor, at, array, start, count);

        internal override int Read(int tensor, int at, float[] array, int start, int count) =>
            Native.ReadF32(_handle, tensor, at, array, start, count);

        internal override int TopK(int tensor, int[] indices, int count) => Native.TopK(_handle, tensor, indices, count);

        internal override int Run() => Native.Run(_handle);

        internal override int RunSlice(int microseconds) => Native.RunSlice(_handle, microseconds);

        internal override int Reset() => Native.Reset(_handle);

        internal override int Profile(int[] cycles) => Native.Profile(_handle, cycles);

        internal override int SelfTest(int[] where) => Native.SelfTest(_handle, where);

        internal override void Close()
        {
            Native.Close(_handle, _image);
            _image = null;
        }
    }
}
