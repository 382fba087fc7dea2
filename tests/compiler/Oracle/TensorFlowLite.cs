// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Tflite;
using static TinyInfer.Compiler.Tests.Oracle.TensorFlowLiteNative;

namespace TinyInfer.Compiler.Tests.Oracle;

/// <summary>How the library rounds the second step of CONV_2D and FULLY_CONNECTED; its other kernels round as TFLM does.</summary>
internal enum OracleRounding
{
    /// <summary>Two steps, the second half up: 0.02-0.07 % of bytes are one above TFLM's.</summary>
    DoubleHalfUp,

    /// <summary>One step, as with TFLITE_SINGLE_ROUNDING.</summary>
    Single,
}

/// <summary>
/// The real TensorFlow Lite, loaded from the npm package tfjs-tflite-node in <c>artifacts/oracle</c>. One instance is one
/// interpreter: variables keep their state from one <see cref="Run"/> to the next.
/// </summary>
internal sealed class TensorFlowLite : IDisposable
{
    private static readonly Lock Environment = new();

    private readonly nint _file;
    private readonly OracleRounding _rounding;
    private readonly nint _model;
    private readonly nint _interpreter;

    public TensorFlowLite(ReadOnlySpan<byte> file, OracleRounding rounding = OracleRounding.DoubleHalfUp)
    {
        // The library keeps pointers into the file, and wants its constants aligned to 16 bytes.
        _file = AlignedCopy(file);
        _rounding = rounding;
        _model = TfLiteModelCreate(_file, (nuint)file.Length);

        if (_model == 0)
        {
            Dispose();
            throw new InvalidOperationException("TensorFlow Lite does not accept the file");
        }

        var options = TfLiteInterpreterOptionsCreate();
        TfLiteInterpreterOptionsSetNumThreads(options, 1);
        _interpreter = TfLiteInterpreterCreate(_model, options);
        TfLiteInterpreterOptionsDelete(options);

        if (_interpreter == 0 || TfLiteInterpreterAllocateTensors(_interpreter) != Ok)
        {
            Dispose();
            throw new InvalidOperationException("TensorFlow Lite cannot prepare the model; it says why on stderr");
        }
    }

    /// <summary>Gets the library's path, or null when it is not installed.</summary>
    public static string? LibraryPath { get; } = Find();

    /// <summary>Gets the reason for a skipped test, or null when the library is there.</summary>
    public static string? Absent { get; } = LibraryPath is not null
        ? null
        : "no TensorFlow Lite: artifacts/oracle has no node_modules/tfjs-tflite-node for this processor (npm install --ignore-scripts --prefix artifacts/oracle tfjs-tflite-node@0.0.2)";

    /// <summary>Runs the model once on little-endian tensors and returns its outputs, both in model order.</summary>
    public byte[][] Run(params byte[][] inputs)
    {
        var wanted = TfLiteInterpreterGetInputTensorCount(_interpreter);

        if (inputs.Length != wanted)
        {
            throw new ArgumentException($"{inputs.Length} inputs given, the model has {wanted}");
        }

        for (var i = 0; i < inputs.Length; i++)
        {
            Require(TfLiteTensorCopyFromBuffer(TfLiteInterpreterGetInputTensor(_interpreter, i), inputs[i], (nuint)inputs[i].Length), $"input {i}");
        }

        Require(Invoke(), "the invocation");

        var outputs = new byte[TfLiteInterpreterGetOutputTensorCount(_interpreter)][];
        for (var i = 0; i < outputs.Length; i++)
        {
            var tensor = TfLiteInterpreterGetOutputTensor(_interpreter, i);
            outputs[i] = new byte[(int)TfLiteTensorByteSize(tensor)];
            Require(TfLiteTensorCopyToBuffer(tensor, outputs[i], (nuint)outputs[i].Length), $"output {i}");
        }

        return outputs;
    }

    /// <summary>Runs the model once, in one call, on <paramref name="inputs"/> as one block: all inputs in model order.</summary>
    public byte[] RunBlock(ReadOnlySpan<byte> inputs)
    {
        var parts = new byte[TfLiteInterpreterGetInputTensorCount(_interpreter)][];
        for (var i = 0; i < parts.Length; i++)
        {
            var size = (int)TfLiteTensorByteSize(TfLiteInterpreterGetInputTensor(_interpreter, i));
            parts[i] = inputs[..size].ToArray();
            inputs = inputs[size..];
        }

        return [.. Run(parts).SelectMany(part => part)];
    }

    /// <summary>The same model with the results of all its operators as outputs, to compare layer by layer.</summary>
    public static TfliteModel WithEveryResult(TfliteModel model)
    {
        var main = model.Subgraphs[0];
        int[] results = [.. main.Operators.SelectMany(op => op.Outputs).Distinct()];
        return model with { Subgraphs = [main with { Outputs = results }, .. model.Subgraphs.Skip(1)], Signatures = [] };
    }

    public void Dispose()
    {
        if (_interpreter != 0)
        {
            TfLiteInterpreterDelete(_interpreter);
        }

        if (_model != 0)
        {
            TfLiteModelDelete(_model);
        }

        FreeAligned(_file);
    }

    // An interpreter picks its matrix multiplication by RUY_PATHS when it first needs one.
    private int Invoke()
    {
        lock (Environment)
        {
            _ = _rounding == OracleRounding.Single ? SetEnvironment("RUY_PATHS", "1", 1) : UnsetEnvironment("RUY_PATHS");
            return TfLiteInterpreterInvoke(_interpreter);
        }
    }

    private static unsafe nint AlignedCopy(ReadOnlySpan<byte> file)
    {
        var copy = NativeMemory.AlignedAlloc((nuint)file.Length, TfliteSchema.BufferAlignment);
        file.CopyTo(new Span<byte>(copy, file.Length));
        return (nint)copy;
    }

    private static unsafe void FreeAligned(nint file) => NativeMemory.AlignedFree((void*)file);

    private static void Require(int status, string what)
    {
        if (status != Ok)
        {
            throw new InvalidOperationException($"TensorFlow Lite refuses {what} with status {status}; it says why on stderr");
        }
    }

    private static string? Find()
    {
        var processor = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux_arm64" : "linux_amd64";
        var path = Path.Combine(
            Checkout.Root, "artifacts", "oracle", "node_modules", "tfjs-tflite-node", "cc_deps", processor, "libtensorflowlite_c.so");
        return OperatingSystem.IsLinux() && File.Exists(path) ? path : null;
    }
}
