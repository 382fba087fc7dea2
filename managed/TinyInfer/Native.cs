// SPDX-License-Identifier: MIT
namespace TinyInfer
{
    /// <summary>
    /// Stands where the assembly TinyInfer.Native stands in the other build of the API: the same calls, answered by the kernels in C#.
    /// Where native code looks at an array's type, an overload is chosen here.
    /// </summary>
    internal static class Native
    {
        private const int Closed = -(int)Status.Closed;
        private const int WrongSize = -(int)Status.WrongSize;

        internal static int Close(int handle, byte[] image)
        {
            ManagedModels.Close(handle);
            return 0;
        }

        internal static int Describe(int handle, int[] values)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : session.Describe(values);
        }

        internal static int DescribeTensor(int handle, int tensor, int[] values)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : session.DescribeTensor(tensor, values);
        }

        internal static string Text(int handle, int kind, int index)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? "" : session.Text(kind, index);
        }

        internal static int Write(int handle, int tensor, sbyte[] array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Write(tensor, 0, array, 0, session.Whole(tensor, array.Length));
        }

        internal static int WriteRange(int handle, int tensor, int at, sbyte[] array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Write(tensor, at, array, start, count);
        }

        internal static int Read(int handle, int tensor, sbyte[] array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Read(tensor, 0, array, 0, session.Whole(tensor, array.Length));
        }

        internal static int ReadRange(int handle, int tensor, int at, sbyte[] array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Read(tensor, at, array, start, count);
        }

        internal static int Write(int handle, int tensor, byte[] array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Write(tensor, 0, array, 0, session.Whole(tensor, array.Length));
        }

        internal static int WriteRange(int handle, int tensor, int at, byte[] array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Write(tensor, at, array, start, count);
        }

        internal static int Read(int handle, int tensor, byte[] array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Read(tensor, 0, array, 0, session.Whole(tensor, array.Length));
        }

        internal static int ReadRange(int handle, int tensor, int at, byte[] array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Read(tensor, at, array, start, count);
        }

        internal static int Write(int handle, int tensor, short[] array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Write(tensor, 0, array, 0, session.Whole(tensor, array.Length));
        }

        internal static int WriteRange(int handle, int tensor, int at, short[] array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Write(tensor, at, array, start, count);
        }

        internal static int Read(int handle, int tensor, short[] array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Read(tensor, 0, array, 0, session.Whole(tensor, array.Length));
        }

        internal static int ReadRange(int handle, int tensor, int at, short[] array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Read(tensor, at, array, start, count);
        }

        internal static int Write(int handle, int tensor, int[] array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Write(tensor, 0, array, 0, session.Whole(tensor, array.Length));
        }

        internal static int WriteRange(int handle, int tensor, int at, int[] array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Write(tensor, at, array, start, count);
        }

        internal static int Read(int handle, int tensor, int[] array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Read(tensor, 0, array, 0, session.Whole(tensor, array.Length));
        }

        internal static int ReadRange(int handle, int tensor, int at, int[] array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Read(tensor, at, array, start, count);
        }

        internal static int Write(int handle, int tensor, float[] array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Write(tensor, 0, array, 0, session.Whole(tensor, array.Length));
        }

        internal static int WriteRange(int handle, int tensor, int at, float[] array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Write(tensor, at, array, start, count);
        }

        internal static int Read(int handle, int tensor, float[] array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Read(tensor, 0, array, 0, session.Whole(tensor, array.Length));
        }

        internal static int ReadRange(int handle, int tensor, int at, float[] array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : array == null ? WrongSize : session.Read(tensor, at, array, start, count);
        }

        internal static int ArgMax(int handle, int tensor)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : session.ArgMax(tensor);
        }

        internal static int TopK(int handle, int tensor, int[] indices)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : indices == null ? WrongSize : session.TopK(tensor, indices);
        }

        internal static int Run(int handle)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : session.Run();
        }

        internal static int RunSlice(int handle, int microseconds)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : session.RunSlice(microseconds);
        }

        internal static int Reset(int handle)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : session.Reset();
        }

        internal static int Profile(int handle, int[] cycles)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : session.Profile(cycles);
        }

        internal static int SelfTest(int handle, int[] where)
        {
            ManagedSession session = ManagedModels.Find(handle);
            return session == null ? Closed : session.SelfTest(where);
        }

        internal static int Features(int[] state, short[] samples, int start, int count, sbyte[] row) =>
            ManagedFrontEnd.Push(state, samples, start, count, row);
    }
}
