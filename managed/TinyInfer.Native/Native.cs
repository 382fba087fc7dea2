// SPDX-License-Identifier: MIT
using System;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace TinyInfer
{
    /// <summary>
    /// The boundary to the firmware; applications use <c>Model</c> instead. Each method is one function of
    /// firmware-interop/interop/ti_native.h, where its arguments and results are described. Results of 0 or more are good, less than
    /// 0 is minus a <c>Status</c>. Native code writes only into the arrays it is given.
    /// </summary>
    /// <remarks>
    /// The firmware finds these methods by their position: this class is alone in its assembly, and adding, removing, renaming or
    /// moving a method needs new firmware. firmware-interop/interop/native_methods.def is made from this file.
    /// </remarks>
    public static class Native
    {
        /// <summary>Opens an image in a managed array, which is pinned until <see cref="Close"/>.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int OpenBytes(byte[] image);

        /// <summary>Opens an image in memory-mapped flash.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int OpenFlash(int address);

        /// <summary>Opens an image that is a binary resource, where it lies in the deployed assembly.</summary>
        /// <param name="assembly">The assembly with the resource.</param>
        /// <param name="file">Name of the resource file, such as <c>App.Models.nanoresources</c>.</param>
        /// <param name="id">Id of the resource: the 16-bit hash of its name.</param>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int OpenResource(Assembly assembly, string file, int id);

        /// <summary>Closes a model.</summary>
        /// <param name="handle">The model.</param>
        /// <param name="image">The array it was opened from, to be unpinned; null when it was opened otherwise.</param>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Close(int handle, byte[] image);

        /// <summary>What the last refused open found.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Refusal(int[] values);

        /// <summary>Counts and sizes of a model.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Describe(int handle, int[] values);

        /// <summary>Type, shape and quantization of a tensor.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int DescribeTensor(int handle, int tensor, int[] values);

        /// <summary>A name or a piece of metadata; empty where there is none.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern string Text(int handle, int kind, int index);

        /// <summary>Writes all of an input from an array with as many elements.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Write(int handle, int tensor, Array array);

        /// <summary>Writes elements of an input.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int WriteRange(int handle, int tensor, int at, Array array, int start, int count);

        /// <summary>Reads all of a tensor into an array with as many elements.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Read(int handle, int tensor, Array array);

        /// <summary>Reads elements of a tensor.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int ReadRange(int handle, int tensor, int at, Array array, int start, int count);

        /// <summary>The element of greatest value.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int ArgMax(int handle, int tensor);

        /// <summary>The elements of greatest value, as many as the array has room for.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int TopK(int handle, int tensor, int[] indices);

        /// <summary>Runs the model once.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Run(int handle);

        /// <summary>Runs some steps of the model.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int RunSlice(int handle, int microseconds);

        /// <summary>Sets the model's state to its initial values.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Reset(int handle);

        /// <summary>Runs the model once and measures every step.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Profile(int handle, int[] cycles);

        /// <summary>Runs the golden cases of the image.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int SelfTest(int handle, int[] where);

        /// <summary>Sound to features: see ti_native_features.</summary>
        [MethodImpl(MethodImplOptions.InternalCall)]
        public static extern int Features(int[] state, short[] samples, int start, int count, sbyte[] row);
    }
}
