// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Ops;

/// <summary>One step of the model as the device sees it: a kernel, its parameters, and its operands.</summary>
/// <param name="Kernel">A name of kernels.def: <c>fully_connected_s8</c>; of generated code, its family.</param>
/// <param name="Parameters">Words that the kernel reads; for a kernel of kernels.def the members of <c>struct ti_KERNEL_params</c>, all of them, in the order of the C header.</param>
/// <param name="Inputs">At most 8.</param>
/// <param name="Outputs">At most 4.</param>
/// <param name="Scratch">Bytes of working memory that live only during this step.</param>
internal sealed record KernelCall(
    string Kernel,
    IReadOnlyList<Field> Parameters,
    IReadOnlyList<Operand> Inputs,
    IReadOnlyList<Operand> Outputs,
    int Scratch = 0)
{
    /// <summary>The machine code to enter; null: the firmware's own kernel.</summary>
    public Routine? Routine { get; init; }

    /// <summary>Where a branch goes; null for every other kernel.</summary>
    public Label? Target { get; init; }

    /// <summary>Predicted for all calls of the node together; null on portable kernels.</summary>
    public long? Cycles { get; init; }

    /// <summary>How the kernel computes it, for reports: the form of its arithmetic and why.</summary>
    public string Remark { get; init; } = "";
}

/// <summary>A member of the kernel's parameter struct: an <c>int32_t</c>, a <c>float</c> or an array of <c>int32_t</c>.</summary>
internal sealed record Field(string Name, object Content)
{
    public static implicit operator Field((string Name, int Number) field) => new(field.Name, field.Number);

    public static implicit operator Field((string Name, float Number) field) => new(field.Name, field.Number);

    public static implicit operator Field((string Name, int[] Numbers) field) => new(field.Name, field.Numbers);
}

/// <summary>What a kernel reads or writes: a tensor of the graph, from some byte on, or a constant that Lower has made.</summary>
internal abstract record Operand
{
    public static implicit operator Operand(Value value) => new ValueOperand(value);
}

internal sealed record ValueOperand(Value Value, int ByteOffset = 0) : Operand
{
    public int ByteSize => Value.ByteSize - ByteOffset;
}

/// <summary>A packed constant: effective bias, multipliers, a lookup table. Stored 4-byte aligned, equal ones once.</summary>
internal sealed record ConstantOperand(string Name, ElementType Type, ReadOnlyMemory<byte> Bytes) : Operand
{
    public static ConstantOperand Of(string name, ReadOnlySpan<int> items) =>
        new(name, ElementType.S32, MemoryMarshal.AsBytes(items).ToArray());

    public static ConstantOperand Of(string name, ReadOnlySpan<sbyte> items) =>
        new(name, ElementType.S8, MemoryMarshal.AsBytes(items).ToArray());

    public static ConstantOperand OfFloats(string name, ReadOnlySpan<float> items) =>
        new(name, ElementType.F32, MemoryMarshal.AsBytes(items).ToArray());

    public static ConstantOperand OfShorts(string name, ReadOnlySpan<short> items) =>
        new(name, ElementType.S16, MemoryMarshal.AsBytes(items).ToArray());
}
