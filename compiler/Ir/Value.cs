// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace TinyInfer.Compiler.Ir;

/// <summary>An edge of the graph: one tensor, typed and shaped as it will be on the device.</summary>
internal sealed class Value(string name, ElementType type, Shape shape)
{
    public string Name { get; } = name;

    public ElementType Type { get; } = type;

    public Shape Shape { get; } = shape;

    /// <summary>Scale and zero point; null for int32 biases, shape operands and floats.</summary>
    public Quantization? Quantization { get; init; }

    /// <summary>The little-endian bytes, or null when the value is computed on the device.</summary>
    public ReadOnlyMemory<byte>? Constant { get; init; }

    /// <summary>How the elements are stored. Inputs and outputs of the model are always row-major.</summary>
    public Layout Layout { get; init; } = Layout.RowMajor;

    public bool IsConstant => Constant is not null;

    /// <summary>True when stored values mean the same in both, or neither is quantized.</summary>
    public bool IsQuantizedAs(Value other) => Quantization?.SameAs(other.Quantization) ?? other.Quantization is null;

    /// <summary>Bytes of the stored tensor.</summary>
    public int ByteSize => checked(Shape.Count * Type.Size());

    /// <summary>The elements of a constant, reinterpreted in place.</summary>
    public ReadOnlySpan<T> As<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Constant!.Value.Span);

    /// <summary>The elements of an int32 or int64 constant: axes, shapes, paddings. Larger numbers than int32 holds are its ends.</summary>
    public int[] Integers() => Type switch
    {
        ElementType.S32 => As<int>().ToArray(),
        ElementType.S64 => [.. As<long>().ToArray().Select(n => (int)Math.Clamp(n, int.MinValue, int.MaxValue))],
        _ => throw new InvalidOperationException($"{Name} is {Type}, not an integer operand"),
    };

    public static Value OfIntegers(string name, Shape shape, ReadOnlySpan<int> items) =>
        new(name, ElementType.S32, shape) { Constant = MemoryMarshal.AsBytes(items).ToArray() };

    /// <summary>A computed tensor of the same type, shape and quantization.</summary>
    public Value Like(string name) => new(name, Type, Shape) { Quantization = Quantization };

    /// <summary>The same tensor, as a constant of these bytes.</summary>
    public Value Holding(ReadOnlyMemory<byte> contents) => new(Name, Type, Shape) { Quantization = Quantization, Constant = contents };

    /// <summary>The same tensor, stored in another layout.</summary>
    public Value In(Layout layout) => new(Name, Type, Shape) { Quantization = Quantization, Constant = Constant, Layout = layout };

    public override string ToString() => $"{(Constant is null ? "%" : "$")}{Name}";
}

/// <summary>How a tensor's elements are stored. The compiler owns layouts: each producer stores what its consumers want.</summary>
internal enum Layout
{
    /// <summary>Row-major over Shape, as in the .tflite file (NHWC).</summary>
    RowMajor,

    /// <summary>
    /// Row-major int8 with an even last dimension, whose elements at even indices are stored with the top bit flipped: as unsigned
    /// numbers that are 128 larger ("mixed signs, interleaved"). A word is then four operands of SMLAD after one UXTB16.
    /// </summary>
    Msi,

    /// <summary>Planes of int8, a channel behind the other: of shape [1, height, width, channels], element (y, x, c) is byte (c * height + y) * width + x.</summary>
    Planar,
}
