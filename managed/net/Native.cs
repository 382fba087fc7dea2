// SPDX-License-Identifier: MIT
using System;
using System.Collections;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;

namespace TinyInfer
{
    /// <summary>
    /// The .NET twin of managed/TinyInfer.Native/Native.cs: the same methods, over libtinyinfer_host.so. One call at a time, as nanoCLR
    /// makes them. Handles of models on kernels in C# go to these.
    /// </summary>
    public static class Native
    {
        private const string Library = "tinyinfer_host";
        private static readonly object Gate = new object();
        private static readonly Hashtable Pinned = new Hashtable();

        /// <summary>See the original.</summary>
        public static int OpenBytes(byte[] image)
        {
            lock (Gate)
            {
                GCHandle pin = GCHandle.Alloc(image, GCHandleType.Pinned);
                int handle = ti_native_open(pin.AddrOfPinnedObject(), image.Length);
                if (handle > 0)
                {
                    Pinned[handle] = pin;
                }
                else
                {
                    pin.Free();
                }

                return handle;
            }
        }

        /// <summary>See the original.</summary>
        public static int OpenFlash(int address)
        {
            lock (Gate)
            {
                return ti_native_open_flash(address);
            }
        }

        /// <summary>See the original. The resource is copied, as .NET has no flash.</summary>
        public static int OpenResource(Assembly assembly, string file, int id)
        {
            byte[] image = HostResources.Read(assembly, Path.ChangeExtension(file, null), id);
            return image == null ? -(int)Status.NoResource : OpenBytes(image);
        }

        /// <summary>See the original.</summary>
        public static int Close(int handle, byte[] image)
        {
            ManagedModels.Close(handle);
            lock (Gate)
            {
                int result = ti_native_close(handle);
                if (Pinned[handle] is GCHandle pin)
                {
                    pin.Free();
                    Pinned.Remove(handle);
                }

                return result;
            }
        }

        /// <summary>See the original.</summary>
        public static int Refusal(int[] values)
        {
            lock (Gate)
            {
                return ti_native_refusal(values, values.Length);
            }
        }

        /// <summary>See the original.</summary>
        public static int Describe(int handle, int[] values)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return session.Describe(values);
            }

            lock (Gate)
            {
                return ti_native_model(handle, values, values.Length);
            }
        }

        /// <summary>See the original.</summary>
        public static int DescribeTensor(int handle, int tensor, int[] values)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return session.DescribeTensor(tensor, values);
            }

            lock (Gate)
            {
                return ti_native_tensor(handle, tensor, values, values.Length);
            }
        }

        /// <summary>See the original.</summary>
        public static string Text(int handle, int kind, int index)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return session.Text(kind, index);
            }

            lock (Gate)
            {
                return Marshal.PtrToStringUTF8(ti_native_text(handle, kind, index));
            }
        }

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

        /// <summary>See the original.</summary>
        public static int ArgMax(int handle, int tensor)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return session.ArgMax(tensor);
            }

            lock (Gate)
            {
                return ti_native_arg_max(handle, tensor);
            }
        }

        /// <summary>See the original.</summary>
        public static int TopK(int handle, int tensor, int[] indices)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (indices == null)
            {
                return -(int)Status.WrongSize;
            }

            if (session != null)
            {
                return session.TopK(tensor, indices);
            }

            lock (Gate)
            {
                return ti_native_top_k(handle, tensor, indices, indices.Length);
            }
        }

        /// <summary>See the original.</summary>
        public static int Run(int handle)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return session.Run();
            }

            lock (Gate)
            {
                return ti_native_run(handle);
            }
        }

        /// <summary>See the original.</summary>
        public static int RunSlice(int handle, int microseconds)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return session.RunSlice(microseconds);
            }

            lock (Gate)
            {
                return ti_native_run_slice(handle, microseconds);
            }
        }

        /// <summary>See the original.</summary>
        public static int Reset(int handle)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return session.Reset();
            }

            lock (Gate)
            {
                return ti_native_reset(handle);
            }
        }

        /// <summary>See the original.</summary>
        public static int Profile(int handle, int[] cycles)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return session.Profile(cycles);
            }

            lock (Gate)
            {
                return ti_native_profile(handle, cycles, cycles.Length);
            }
        }

        /// <summary>See the original.</summary>
        public static int SelfTest(int handle, int[] where)
        {
            ManagedSession session = ManagedModels.Find(handle);
            if (session != null)
            {
                return session.SelfTest(where);
            }

            lock (Gate)
            {
                return ti_native_self_test(handle, where, where.Length);
            }
        }

        /// <summary>See the original.</summary>
        public static int Features(int[] state, short[] samples, int start, int count, sbyte[] row)
        {
            if (Engines.UseManagedKernels)
            {
                return ManagedFrontEnd.Push(state, samples, start, count, row);
            }

            lock (Gate)
            {
                return ti_native_features(state, LengthOf(state), samples, LengthOf(samples), start, count, row, LengthOf(row));
            }
        }

        /// <summary>Lets memory stand for flash that begins at address 0x08000000, for tests of <see cref="OpenFlash"/>.</summary>
        internal static void SetFlash(IntPtr bytes, int size)
        {
            lock (Gate)
            {
                ti_host_flash(bytes, size);
            }
        }

        [DllImport(Library)]
        private static extern int ti_native_open(IntPtr image, int length);

        [DllImport(Library)]
        private static extern int ti_native_open_flash(int address);

        [DllImport(Library)]
        private static extern int ti_native_close(int handle);

        [DllImport(Library)]
        private static extern void ti_host_flash(IntPtr bytes, int size);

        [DllImport(Library)]
        private static extern int ti_native_refusal(int[] values, int length);

        [DllImport(Library)]
        private static extern int ti_native_model(int handle, int[] values, int length);

        [DllImport(Library)]
        private static extern int ti_native_tensor(int handle, int tensor, int[] values, int length);

        [DllImport(Library)]
        private static extern IntPtr ti_native_text(int handle, int kind, int index);

        [DllImport(Library)]
        private static extern int ti_native_write(int handle, int tensor, int type, IntPtr array, int length);

        [DllImport(Library)]
        private static extern int ti_native_write_range(int handle, int tensor, int at, int type, IntPtr array, int length, int start, int count);

        [DllImport(Library)]
        private static extern int ti_native_read(int handle, int tensor, int type, IntPtr array, int length);

        [DllImport(Library)]
        private static extern int ti_native_read_range(int handle, int tensor, int at, int type, IntPtr array, int length, int start, int count);

        [DllImport(Library)]
        private static extern int ti_native_arg_max(int handle, int tensor);

        [DllImport(Library)]
        private static extern int ti_native_top_k(int handle, int tensor, int[] indices, int count);

        [DllImport(Library)]
        private static extern int ti_native_run(int handle);

        [DllImport(Library)]
        private static extern int ti_native_run_slice(int handle, int microseconds);

        [DllImport(Library)]
        private static extern int ti_native_reset(int handle);

        [DllImport(Library)]
        private static extern int ti_native_profile(int handle, int[] cycles, int length);

        [DllImport(Library)]
        private static extern int ti_native_self_test(int handle, int[] where, int length);

        [DllImport(Library)]
        private static extern int ti_native_features(int[] state, int words, short[] samples, int length, int start, int count, sbyte[] row, int room);

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
