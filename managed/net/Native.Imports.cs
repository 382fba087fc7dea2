// SPDX-License-Identifier: MIT
using System;
using System.Runtime.InteropServices;

namespace TinyInfer
{
    /// <content>The functions of libtinyinfer_host.so.</content>
    public static partial class Native
    {
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
    }
}
