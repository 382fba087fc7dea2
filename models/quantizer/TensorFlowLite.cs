// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace TinyInfer.Quantizer;

/// <summary>
/// Runs a model through the C library of TensorFlow Lite 2.9 that the npm package tfjs-tflite-node 0.0.2 carries
/// (<c>npm install --ignore-scripts</c>; Node is not needed to use it). One input and one output.
/// </summary>
internal sealed unsafe class TensorFlowLite : IDisposable
{
    private readonly nint _library;
    private readonly nint _model;
    private readonly nint _interpreter;
    private readonly void* _file;

    public TensorFlowLite(string library, byte[] file)
    {
        _library = NativeLibrary.Load(library);
        _file = NativeMemory.AlignedAlloc((nuint)file.Length, 64); // the library reads the model in place, constants 16-byte aligned
        file.CopyTo(new Span<byte>(_file, file.Length));
        _model = ((delegate* unmanaged<nint, nuint, nint>)Entry("TfLiteModelCreate"))((nint)_file, (nuint)file.Length);
        _interpreter = _model == 0 ? 0 : ((delegate* unmanaged<nint, nint, nint>)Entry("TfLiteInterpreterCreate"))(_model, 0);
        if (_interpreter == 0 || ((delegate* unmanaged<nint, int>)Entry("TfLiteInterpreterAllocateTensors"))(_interpreter) != 0)
        {
            throw new QuantizerException("TensorFlow Lite does not accept the model");
        }
    }

    /// <summary>Returns the path of the library below <paramref name="root"/>, or null when it is not installed.</summary>
    public static string? Find(string root)
    {
        var library = Path.Combine(Folder(root), "node_modules", "tfjs-tflite-node", "cc_deps", "linux_amd64", "libtensorflowlite_c.so");
        return File.Exists(library) ? library : null;
    }

    /// <summary>Installs the library where <see cref="Find"/> looks; null when npm cannot.</summary>
    public static string? Install(string root)
    {
        Directory.CreateDirectory(Folder(root));
        _ = Shell.TryRun("npm", ["install", "--ignore-scripts", "--silent", "--prefix", Folder(root), "tfjs-tflite-node@0.0.2"], root);
        return Find(root);
    }

    public sbyte[] Run(sbyte[] input)
    {
        var tensor = ((delegate* unmanaged<nint, int, nint>)Entry("TfLiteInterpreterGetInputTensor"))(_interpreter, 0);
        fixed (sbyte* data = input)
        {
            Check(((delegate* unmanaged<nint, sbyte*, nuint, int>)Entry("TfLiteTensorCopyFromBuffer"))(tensor, data, (nuint)input.Length));
        }

        Check(((delegate* unmanaged<nint, int>)Entry("TfLiteInterpreterInvoke"))(_interpreter));
        tensor = ((delegate* unmanaged<nint, int, nint>)Entry("TfLiteInterpreterGetOutputTensor"))(_interpreter, 0);
        var output = new sbyte[((delegate* unmanaged<nint, nuint>)Entry("TfLiteTensorByteSize"))(tensor)];
        fixed (sbyte* data = output)
        {
            Check(((delegate* unmanaged<nint, sbyte*, nuint, int>)Entry("TfLiteTensorCopyToBuffer"))(tensor, data, (nuint)output.Length));
        }

        return output;
    }

    public void Dispose()
    {
        ((delegate* unmanaged<nint, void>)Entry("TfLiteInterpreterDelete"))(_interpreter);
        ((delegate* unmanaged<nint, void>)Entry("TfLiteModelDelete"))(_model);
        NativeMemory.AlignedFree(_file);
    }

    private static void Check(int status)
    {
        if (status != 0)
        {
            throw new QuantizerException($"TensorFlow Lite returned status {status}");
        }
    }

    private static string Folder(string root) => Path.Combine(root, "artifacts", "oracle");

    private nint Entry(string name) => NativeLibrary.GetExport(_library, name);
}
