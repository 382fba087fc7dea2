// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>A tensor of a subgraph: a constant when it has data, else computed, fed, or (a variable) kept between calls.</summary>
internal sealed record TfliteTensor
{
    public string Name { get; init; } = "";

    public required TensorType Type { get; init; }

    /// <summary>Gets the dimensions, none negative, with a product below 2^31; a scalar has none.</summary>
    public required int[] Shape { get; init; }

    /// <summary>Gets the shape before conversion fixed it, -1 for a dimension that was free; null when the file has none.</summary>
    public int[]? ShapeSignature { get; init; }

    public TfliteQuantization? Quantization { get; init; }

    /// <summary>Gets the constant's little-endian bytes, a slice of the file, exactly as long as its shape asks; empty when the tensor is not constant.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>Gets a value indicating whether the file stores bytes for it, be it none of them (a constant without elements).</summary>
    public bool HasBuffer { get; init; }

    public bool IsVariable { get; init; }

    /// <summary>Gets a value indicating whether <see cref="Data"/> is a compressed sparse form, whose length says nothing.</summary>
    public bool HasSparsity { get; init; }

    public int ElementCount => Shape.Aggregate(1, (product, dimension) => product * dimension);
}

/// <summary>
/// real = Scale * (stored - ZeroPoint): one pair for the tensor, or one for each position along dimension <paramref name="Axis"/>.
/// Both lists always have the same length; zero points a file leaves out are 0. A scale is finite and above 0, save that a
/// constant's may be 0.
/// </summary>
internal sealed record TfliteQuantization(float[] Scale, long[] ZeroPoint, int Axis);
