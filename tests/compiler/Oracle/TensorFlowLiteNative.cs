// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.InteropServices;

namespace TinyInfer.Compiler.Tests.Oracle;

/// <summary>The functions of TensorFlow Lite's C library, version 2.9.0, which <see cref="TensorFlowLite"/> calls.</summary>
internal static class TensorFlowLiteNative
{
    public const int Ok = 0;

    private const string Library = "tensorflowlite_c";

    static TensorFlowLiteNative() => NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), Resolve);

    [DllImport(Library)]
    public static extern nint TfLiteModelCreate(nint data, nuint size);

    [DllImport(Library)]
    public static extern void TfLiteModelDelete(nint model);

    [DllImport(Library)]
    public static extern nint TfLiteInterpreterOptionsCreate();

    [DllImport(Library)]
    public static extern void TfLiteInterpreterOptionsDelete(nint options);

    [DllImport(Library)]
    public static extern void TfLiteInterpreterOptionsSetNumThreads(nint options, int threads);

    [DllImport(Library)]
    public static extern nint TfLiteInterpreterCreate(nint model, nint options);

    [DllImport(Library)]
    public static extern void TfLiteInterpreterDelete(nint interpreter);

    [DllImport(Library)]
    public static extern int TfLiteInterpreterAllocateTensors(nint interpreter);

    [DllImport(Library)]
    public static extern int TfLiteInterpreterInvoke(nint interpreter);

    [DllImport(Library)]
    public static extern int TfLiteInterpreterGetInputTensorCount(nint interpreter);

    [DllImport(Library)]
    public static extern nint TfLiteInterpreterGetInputTensor(nint interpreter, int index);

    [DllImport(Library)]
    public static extern int TfLiteInterpreterGetOutputTensorCount(nint interpreter);

    [DllImport(Library)]
    public static extern nint TfLiteInterpreterGetOutputTensor(nint interpreter, int index);

    [DllImport(Library)]
    public static extern nuint TfLiteTensorByteSize(nint tensor);

    [DllImport(Library)]
    public static extern int TfLiteTensorCopyFromBuffer(nint tensor, byte[] data, nuint size);

    [DllImport(Library)]
    public static extern int TfLiteTensorCopyToBuffer(nint tensor, byte[] data, nuint size);

    // The library reads the C environment, which Environment.SetEnvironmentVariable does not touch.
    [DllImport("libc", EntryPoint = "setenv")]
    public static extern int SetEnvironment(string name, string value, int overwrite);

    [DllImport("libc", EntryPoint = "unsetenv")]
    public static extern int UnsetEnvironment(string name);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == Library ? NativeLibrary.Load(TensorFlowLite.LibraryPath!) : 0;
}
