// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tests;
using TinyInfer.Quantizer;
using Xunit;

namespace TinyInfer.Models.Tests;

/// <summary>A test against TensorFlow Lite's own library, skipped with the reason when that is not installed.</summary>
internal sealed class LibraryTheoryAttribute : TheoryAttribute
{
    public LibraryTheoryAttribute() => Skip = TensorFlowLite.Find(Checkout.Root) is null
        ? "no TensorFlow Lite library: npm install --ignore-scripts --prefix artifacts/oracle tfjs-tflite-node@0.0.2"
        : null!;
}
