// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>The stored values in the output's type; <c>kernels/cast/ti_cast.h</c> has the rules.</summary>
internal sealed record Cast : Op
{
    public override string Name => "cast";

    public static void Import(ImportContext context) => context.Add(new Cast(), [context.Input(0)], [context.Output(0)]);

    public override void Check(Node node)
    {
        Require.SameCount(node, node.Input, node.Output);
        Require.That(node.Input.Shape.Count > 0, node, $"tensor {Quoted.Name(node.Input.Name)} is empty", "dimensions from 1 on");
    }

    public override bool CanOverwrite(Node node, int input) => node.Output.Type.Size() <= node.Input.Type.Size();

    /// <summary>Integers of one size have the same bytes, signed or not.</summary>
    public override int? ViewOffset(Node node, int output) =>
        node.Input.Type == node.Output.Type || (IsInteger(node.Input) && IsInteger(node.Output) && node.Input.Type.Size() == node.Output.Type.Size()) ? 0 : null;

    public override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node)
    {
        if (!node.Input.IsConstant)
        {
            return null;
        }

        Check(node);
        var (from, to) = (node.Input.Type, node.Output.Type);
        return [node.Input.Constant!.Value.ToArray().Chunk(from.Size()).SelectMany(element => Converted(element, from, to)).ToArray()];
    }

    public override IReadOnlyList<KernelCall> Lower(Node node) =>
    [
        new KernelCall(
            "cast",
            [("count", node.Input.Shape.Count), ("from", (int)node.Input.Type), ("to", (int)node.Output.Type)],
            [node.Input],
            [node.Output]),
    ];

    private static bool IsInteger(Value value) => value.Type is not (ElementType.F32 or ElementType.Bool);

    private static byte[] Converted(byte[] element, ElementType from, ElementType to)
    {
        if (from == ElementType.F32)
        {
            var real = BinaryPrimitives.ReadSingleLittleEndian(element);
            return to switch
            {
                ElementType.F32 => element,
                ElementType.Bool => [(byte)(real != 0 ? 1 : 0)],
                ElementType.S64 => BitConverter.GetBytes(float.IsNaN(real) ? 0 : Saturated(real)),
                _ => BitConverter.GetBytes(float.IsNaN(real) ? 0 : (int)Math.Clamp((double)real, int.MinValue, int.MaxValue))[..to.Size()],
            };
        }

        var wide = Wide(element, from);
        return to switch
        {
            ElementType.F32 => BitConverter.GetBytes(from == ElementType.U64 ? (float)(ulong)wide : (float)wide),
            ElementType.Bool => [(byte)(wide != 0 ? 1 : 0)],
            _ => BitConverter.GetBytes(wide)[..to.Size()],
        };
    }

    private static long Saturated(float real) => real >= 9223372036854775808f ? long.MaxValue : real < -9223372036854775808f ? long.MinValue : (long)real;

    private static long Wide(byte[] element, ElementType type) => type switch
    {
        ElementType.S8 => (sbyte)element[0],
        ElementType.S16 => BinaryPrimitives.ReadInt16LittleEndian(element),
        ElementType.S32 => BinaryPrimitives.ReadInt32LittleEndian(element),
        ElementType.U32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
        ElementType.S64 or ElementType.U64 => BinaryPrimitives.ReadInt64LittleEndian(element),
        _ => element[0],
    };
}
