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
    public static partial class Native
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
    }
}
