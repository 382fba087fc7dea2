// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>A tensor of a case. Compared by identity: two operands with equal texts are still two tensors.</summary>
internal sealed class CaseTensor(TensorType type, int[] shape, TfliteQuantization? quantization, string? pattern)
{
    public TensorType Type { get; } = type;

    public int[] Shape { get; } = shape;

    public TfliteQuantization? Quantization { get; } = quantization;

    /// <summary>Gets how the tensor is filled, or null for an input that follows the usual suite.</summary>
    public string? Pattern { get; } = pattern;

    /// <summary>Gets the bytes of a constant, or null.</summary>
    public byte[]? Constant { get; init; }

    /// <summary>Gets a value indicating whether the tensor is state of the operator: neither fed nor constant, and reset before each invocation.</summary>
    public bool IsVariable { get; init; }

    public int Count => Shape.Aggregate(1, (product, dimension) => product * dimension);

    public int ByteSize => Type == TensorType.INT4 ? (Count + 1) / 2 : Count * Size;

    public float Scale => Quantization!.Scale[0];

    public int ZeroPoint => (int)Quantization!.ZeroPoint[0];

    private int Size => Type switch
    {
        TensorType.INT8 or TensorType.UINT8 or TensorType.BOOL => 1,
        TensorType.INT16 or TensorType.FLOAT16 => 2,
        TensorType.INT32 or TensorType.UINT32 or TensorType.FLOAT32 => 4,
        TensorType.INT64 or TensorType.UINT64 => 8,
        _ => throw new ArgumentException($"cases cannot have tensors of type {Type}"),
    };

    public (long Min, long Max) Range => Type switch
    {
        TensorType.INT4 => (-8, 7),
        TensorType.INT8 => (sbyte.MinValue, sbyte.MaxValue),
        TensorType.UINT8 => (byte.MinValue, byte.MaxValue),
        TensorType.BOOL => (0, 1),
        TensorType.INT16 => (short.MinValue, short.MaxValue),
        TensorType.UINT32 => (0, uint.MaxValue),
        TensorType.UINT64 => (0, 1L << 62),
        _ => throw new ArgumentException($"say which values a tensor of type {Type} takes: LOW..HIGH"),
    };

    /// <summary>The scale of one channel, whether there is one for all or one for each.</summary>
    public float ScaleOf(int channel) => Quantization!.Scale[Quantization.Scale.Length == 1 ? 0 : channel];

    /// <param name="pattern">random, lowest, highest, all, LOW..HIGH, or the elements as 1,2,3 (the last one repeats).</param>
    public byte[] Fill(string pattern, Random random) => Type switch
    {
        TensorType.FLOAT32 => MemoryMarshal.AsBytes(Floats(pattern, random).AsSpan()).ToArray(),
        TensorType.FLOAT16 => MemoryMarshal.AsBytes(Array.ConvertAll(Floats(pattern, random), real => (Half)real).AsSpan()).ToArray(),
        _ => Encode(Integers(pattern, random)),
    };

    public byte[] Encode(IEnumerable<long> values) => Type == TensorType.INT4
        ? [.. values.Chunk(2).Select(pair => (byte)((pair[0] & 15) | ((pair.Length > 1 ? pair[1] & 15 : 0) << 4)))]
        : [.. values.SelectMany(Bytes)];

    /// <summary>The elements of an integer tensor stored in <paramref name="bytes"/>.</summary>
    public long[] Decode(ReadOnlySpan<byte> bytes) => Type switch
    {
        TensorType.INT4 => [.. bytes.ToArray().SelectMany(pair => new[] { pair & 15, pair >> 4 }).Take(Count).Select(half => half > 7 ? half - 16L : half)],
        TensorType.INT8 => [.. MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray()],
        TensorType.UINT8 or TensorType.BOOL => [.. bytes.ToArray()],
        TensorType.INT16 => [.. MemoryMarshal.Cast<byte, short>(bytes).ToArray()],
        TensorType.INT32 => [.. MemoryMarshal.Cast<byte, int>(bytes).ToArray()],
        TensorType.UINT32 => [.. MemoryMarshal.Cast<byte, uint>(bytes).ToArray()],
        TensorType.INT64 or TensorType.UINT64 => MemoryMarshal.Cast<byte, long>(bytes).ToArray(),
        _ => throw new ArgumentException($"a tensor of type {Type} has no integers"),
    };

    private IEnumerable<byte> Bytes(long value) => BitConverter.GetBytes(value).Take(Size);

    private long[] Integers(string pattern, Random random)
    {
        if (Bounds(pattern) is var (low, high))
        {
            return [.. Enumerable.Range(0, Count).Select(_ => random.NextInt64((long)low, (long)high + 1))];
        }

        var items = pattern switch
        {
            "lowest" => [Range.Min],
            "highest" => [Range.Max],
            "all" => [.. Enumerable.Range(0, Count).Select(i => Range.Min + (i % (Range.Max - Range.Min + 1)))],
            _ => pattern.Split(',').Select(item => long.Parse(item, CultureInfo.InvariantCulture)).ToArray(),
        };
        return [.. Enumerable.Range(0, Count).Select(i => items[Math.Min(i, items.Length - 1)])];
    }

    private float[] Floats(string pattern, Random random)
    {
        if (Bounds(pattern) is var (low, high))
        {
            return [.. Enumerable.Range(0, Count).Select(_ => (float)(low + (random.NextDouble() * (high - low))))];
        }

        var items = pattern.Split(',').Select(item => float.Parse(item, CultureInfo.InvariantCulture)).ToArray();
        return [.. Enumerable.Range(0, Count).Select(i => items[Math.Min(i, items.Length - 1)])];
    }

    private (double Low, double High)? Bounds(string pattern)
    {
        if (pattern == "random")
        {
            return Range;
        }

        var ends = pattern.Split("..");
        return ends.Length == 2 ? (double.Parse(ends[0], CultureInfo.InvariantCulture), double.Parse(ends[1], CultureInfo.InvariantCulture)) : null;
    }
}
