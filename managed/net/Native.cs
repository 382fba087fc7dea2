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
    /// makes them.
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
            lock (Gate)
            {
                return ti_native_model(handle, values, values.Length);
            }
        }

        /// <summary>See the original.</summary>
        public static int DescribeTensor(int handle, int tensor, int[] values)
        {
            lock (Gate)
            {
                return ti_native_tensor(handle, tensor, values, values.Length);
            }
        }

        /// <summary>See the original.</summary>
        public static string Text(int handle, int kind, int index)
        {
            lock (Gate)
            {
                return Marshal.PtrToStringUTF8(ti_native_text(handle, kind, index));
            }
        }

        /// <summary>See the original.</summary>
        public static int WriteS8(int handle, int tensor, int at, sbyte[] array, int start, int count)
        {
            lock (Gate)
            {
                return ti_native_write(handle, tensor, at, 1, array, array.Length, start, count);
            }
        }

        /// <summary>See the original.</summary>
        public static int WriteU8(int handle, int tensor, int at, byte[] array, int start, int count)
        {
            lock (Gate)
            {
                return ti_native_write(handle, tensor, at, 2, array, array.Length, start, count);
            }
        }

        /// <summary>See the original.</summary>
        public static int WriteS16(int handle, int tensor, int at, short[] array, int start, int count)
        {
            lock (Gate)
            {
                return ti_native_write(handle, tensor, at, 3, array, array.Length, start, count);
            }
        }

        /// <summary>See the original.</summary>
        public static int WriteS32(int handle, int tensor, int at, int[] array, int start, int count)
        {
            lock (Gate)
            {
                return ti_native_write(handle, tensor, at, 4, array, array.Length, start, count);
            }
        }

        /// <summary>See the original.</summary>
        public static int WriteF32(int handle, int tensor, int at, float[] array, int start, int count)
        {
            lock (Gate)
            {
                return ti_native_write(handle, tensor, at, 6, array, array.Length, start, count);
            }
        }

        /// <summary>See the original.</summary>
        public static int ReadS8(int handle, int tensor, int at, sbyte[] array, int start, int count)
        {
            lock (Gate)
            {
                return ti_native_read(handle, tensor, at, 1, array, array.Length, start, count);
            }
        }

        /// <summary>See the original.</summary>
        public static int ReadU8(int handle, int tensor, int at, byte[] array, int start, int count)
        {
            lock (Gate)
            {
                return ti_native_read(handle, tensor, at, 2, array, array.Length, start, count);
            }
        }

        /// <summary>See the original.</summary>
        public static int ReadS16(int handle, int tensor, int at, short[] array, int start, int count)
        {
            lock (Gate)
            {
                return ti_native_read(handle, tensor, at, 3, array, array.Length, start, count);
            }
        }

        /// <summary>See the original.</summary>
        public static int ReadS32(int handle, int tensor, int at, int[] array, int start, int count)
        {
            lock (Gate)
            {
                return ti_native_read(handle, tensor, at, 4, array, array.Length, start, count);
            }
        }

        /// <summary>See the original.</summary>
        public static int ReadF32(int handle, int tensor, int at, float[] array, int start, int count)
        {
            lock (Gate)
            {
                return ti_native_read(handle, tensor, at, 6, array, array.Length, start, count);
            }
        }

        /// <summary>See the original.</summary>
        public static int TopK(int handle, int tensor, int[] indices, int count)
        {
            lock (Gate)
            {
                return ti_native_top_k(handle, tensor, indices, count);
            }
        }

        /// <summary>See the original.</summary>
        public static int Run(int handle)
        {
            lock (Gate)
            {
                return ti_native_run(handle);
            }
        }

        /// <summary>See the original.</summary>
        public static int RunSlice(int handle, int microseconds)
        {
            lock (Gate)
            {
                return ti_native_run_slice(handle, microseconds);
            }
        }

        /// <summary>See the original.</summary>
        public static int Reset(int handle)
        {
            lock (Gate)
            {
                return ti_native_reset(handle);
            }
        }

        /// <summary>See the original.</summary>
        public static int Profile(int handle, int[] cycles)
        {
            lock (Gate)
            {
                return ti_native_profile(handle, cycles, cycles.Length);
            }
        }

        /// <summary>See the original.</summary>
        public static int SelfTest(int handle, int[] where)
        {
            lock (Gate)
            {
                return ti_native_self_test(handle, where, where.Length);
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
        private static extern int ti_native_write(int handle, int tensor, int at, int type, sbyte[] array, int length, int start, int count);

        [DllImport(Library)]
        private static extern int ti_native_write(int handle, int tensor, int at, int type, byte[] array, int length, int start, int count);

        [DllImport(Library)]
        private static extern int ti_native_write(int handle, int tensor, int at, int type, short[] array, int length, int start, int count);

        [DllImport(Library)]
        private static extern int ti_native_write(int handle, int tensor, int at, int type, int[] array, int length, int start, int count);

        [DllImport(Library)]
        private static extern int ti_native_write(int handle, int tensor, int at, int type, float[] array, int length, int start, int count);

        [DllImport(Library)]
        private static extern int ti_native_read(int handle, int tensor, int at, int type, sbyte[] array, int length, int start, int count);

        [DllImport(Library)]
        private static extern int ti_native_read(int handle, int tensor, int at, int type, byte[] array, int length, int start, int count);

        [DllImport(Library)]
        private static extern int ti_native_read(int handle, int tensor, int at, int type, short[] array, int length, int start, int count);

        [DllImport(Library)]
        private static extern int ti_native_read(int handle, int tensor, int at, int type, int[] array, int length, int start, int count);

        [DllImport(Library)]
        private static extern int ti_native_read(int handle, int tensor, int at, int type, float[] array, int length, int start, int count);

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
    }
}
