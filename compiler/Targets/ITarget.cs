// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;

namespace TinyInfer.Compiler.Targets;

/// <summary>A place where model images run.</summary>
internal interface ITarget
{
    string Name { get; }

    /// <summary>The core whose program runs there.</summary>
    Core Core { get; }

    /// <summary>Builds what every run needs, so that the first run is not slower than the others.</summary>
    void Prepare();

    /// <summary>The outputs of all invocations, each laid out like an invocation's inputs.</summary>
    /// <exception cref="CompilerException">The image was refused, the runner crashed or took too long.</exception>
    byte[] Run(TargetRun run);
}

/// <param name="Image">The bytes of a model image.</param>
/// <param name="Inputs">For each invocation all inputs in model order, concatenated.</param>
/// <param name="KeepState">False: every invocation starts from reset state.</param>
/// <param name="CodeStays">True: an emulated board runs all code where the image lies, none from RAM.</param>
internal sealed record TargetRun(byte[] Image, ReadOnlyMemory<byte> Inputs, int Invocations, bool KeepState = false, bool CodeStays = false);
