// SPDX-License-Identifier: MIT
using System;
using System.Runtime.InteropServices;

namespace TinyInfer
{
    /// <content>Arrays of any element type, in and out.</content>
    public static partial class Native
    {
        /// <summary>See the original.</summary>
        public static int Write(int handle, int tensor, Array array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return WriteManaged(session, tensor, 0, array, 0, session.Whole(tensor, LengthOf(array)));
            }

            lock (Gate)
            {
                GCHandle pin = GCHandle.Alloc(array, GCHandleType.Pinned);
                int result = ti_native_write(handle, tensor, TypeOf(array), pin.AddrOfPinnedObject(), LengthOf(array));
                pin.Free();
                return result;
            }
        }

        /// <summary>See the original.</summary>
        public static int WriteRange(int handle, int tensor, int at, Array array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return WriteManaged(session, tensor, at, array, start, count);
            }

            lock (Gate)
            {
                GCHandle pin = GCHandle.Alloc(array, GCHandleType.Pinned);
                int result = ti_native_write_range(handle, tensor, at, TypeOf(array), pin.AddrOfPinnedObject(), LengthOf(array), start, count);
                pin.Free();
                return result;
            }
        }

        /// <summary>See the original.</summary>
        public static int Read(int handle, int tensor, Array array)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return ReadManaged(session, tensor, 0, array, 0, session.Whole(tensor, LengthOf(array)));
            }

            lock (Gate)
            {
                GCHandle pin = GCHandle.Alloc(array, GCHandleType.Pinned);
                int result = ti_native_read(handle, tensor, TypeOf(array), pin.AddrOfPinnedObject(), LengthOf(array));
                pin.Free();
                return result;
            }
        }

        /// <summary>See the original.</summary>
        public static int ReadRange(int handle, int tensor, int at, Array array, int start, int count)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return ReadManaged(session, tensor, at, array, start, count);
            }

            lock (Gate)
            {
                GCHandle pin = GCHandle.Alloc(array, GCHandleType.Pinned);
                int result = ti_native_read_range(handle, tensor, at, TypeOf(array), pin.AddrOfPinnedObject(), LengthOf(array), start, count);
                pin.Free();
                return result;
            }
        }

        private static int LengthOf(Array array) => array == null ? 0 : array.Length;

        // What the glue of the firmware reads from an array's header: enum ti_type, 0 for no type.
        private static int TypeOf(Array array) =>
            array is null ? 0
            : array.GetType() == typeof(sbyte[]) ? 1
            : array.GetType() == typeof(byte[]) ? 2
            : array.GetType() == typeof(short[]) ? 3
            : array.GetType() == typeof(int[]) ? 4
            : array.GetType() == typeof(float[]) ? 6 : 0;

        private static int WriteManaged(ManagedSession session, int tensor, int at, Array array, int start, int count) => TypeOf(array) switch
        {
            1 => session.Write(tensor, at, (sbyte[])array, start, count),
            2 => session.Write(tensor, at, (byte[])array, start, count),
            3 => session.Write(tensor, at, (short[])array, start, count),
            4 => session.Write(tensor, at, (int[])array, start, count),
            6 => session.Write(tensor, at, (float[])array, start, count),
            _ => -(int)Status.WrongType,
        };

        private static int ReadManaged(ManagedSession session, int tensor, int at, Array array, int start, int count) => TypeOf(array) switch
        {
            1 => session.Read(tensor, at, (sbyte[])array, start, count),
            2 => session.Read(tensor, at, (byte[])array, start, count),
            3 => session.Read(tensor, at, (short[])array, start, count),
            4 => session.Read(tensor, at, (int[])array, start, count),
            6 => session.Read(tensor, at, (float[])array, start, count),
            _ => -(int)Status.WrongType,
        };
    }
}
