// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>Which elements of one tensor go where in another. All offsets and strides count elements.</summary>
internal abstract record Movement
{
    /// <summary>How many elements are written.</summary>
    public abstract int Count { get; }

    /// <summary>First element read and written when unbroken memory becomes unbroken memory, else null.</summary>
    public abstract (int Input, int Output)? Run { get; }

    /// <summary>Dimensions of the kernel's loop; at most <see cref="MaxDimensions"/> can be lowered.</summary>
    public abstract int LoopDimensions { get; }

    /// <summary>TI_ND of <c>kernels/common/ti_nd.h</c>.</summary>
    public static int MaxDimensions => 6;

    /// <summary>Does the movement on the PC, for constants.</summary>
    public abstract void Apply(ReadOnlySpan<byte> input, Span<byte> output, int elementSize);

    public abstract KernelCall Call(Operand input, Operand output, int elementSize);

    /// <summary>The numbers of a loop with leading <paramref name="padding"/> up to what the kernels take.</summary>
    protected static int[] Leading(int padding, IEnumerable<int> numbers)
    {
        int[] own = [.. numbers];
        return [.. Enumerable.Repeat(padding, MaxDimensions - own.Length), .. own];
    }
}

/// <summary>A movement from one value into another.</summary>
internal sealed record Piece(Value Input, Value Output, Movement Movement)
{
    /// <summary>A strided copy of a block of <paramref name="shape"/> elements.</summary>
    public static Piece Block(
        Value input, Value output, IReadOnlyList<int> shape, int inputOffset, IReadOnlyList<int> inputStrides, int outputOffset, IReadOnlyList<int> outputStrides) =>
        new(input, output, StridedCopy.Of(shape, inputOffset, inputStrides, outputOffset, outputStrides));
}
