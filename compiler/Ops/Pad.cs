// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// The input with a border of one value: PAD and PADV2. For int8 and uint8, PAD's zero is the output's zero point; int16
/// and all others take a stored 0, as TFLM does.
/// </summary>
/// <param name="Before">Positions added before the first of each dimension.</param>
/// <param name="After">Positions added after the last.</param>
/// <param name="Stored">The value as it is stored, little-endian, one element.</param>
internal sealed record Pad(IReadOnlyList<int> Before, IReadOnlyList<int> After, ulong Stored) : Op
{
    public override string Name => "pad";

    public static void Import(ImportContext context)
    {
        var (input, output) = (context.Input(0), context.Output(0));
        var paddings = context.Integers(1, "paddings");
        if (paddings.Length != 2 * input.Shape.Rank)
        {
            throw context.Origin.Refuse($"{paddings.Length} paddings for a tensor with {input.Shape.Rank} dimensions", "two a dimension");
        }

        var value = context.OptionalInput(2);
        if (value is { IsConstant: false } || (value is not null && (value.Type != input.Type || value.Shape.Count != 1)))
        {
            throw context.Origin.Refuse($"value {Quoted.Name(value.Name)} of type {value.Type.DisplayName()} and shape {value.Shape}", "one constant of the input's type");
        }

        var before = paddings.Where((_, i) => i % 2 == 0);
        var after = paddings.Where((_, i) => i % 2 == 1);
        context.Add(new Pad([.. before], [.. after], Bits(value?.Constant ?? Zero(output))), [input], [output]);
    }

    /// <summary>One element that stands for zero in <paramref name="tensor"/>.</summary>
    public static ReadOnlyMemory<byte> Zero(Value tensor)
    {
        var zero = new byte[tensor.Type.Size()];
        if (tensor is { Type: ElementType.S8 or ElementType.U8, Quantization: { } quantization })
        {
            zero[0] = (byte)quantization.ZeroPoints[0];
        }

        return zero;
    }

    public override void Check(Node node)
    {
        var (input, output) = (node.Input, node.Output);
        Require.Types(node, input.Type, output);
        Require.That(
            input.Shape.Rank == Before.Count && output.Shape.Rank == Before.Count && Before.Concat(After).All(count => count >= 0)
                && input.Shape.Dimensions.Select((size, d) => (long)size + Before[d] + After[d]).SequenceEqual(output.Shape.Dimensions.Select(size => (long)size))
                && input.Shape.Dimensions.All(size => size > 0),
            node,
            $"paddings {new Shape([.. Before])} before and {new Shape([.. After])} after {input.Shape} do not make {output.Shape}",
            "sums, none negative or empty");
        Require.That(Loop(node).Count <= Movement.MaxDimensions, node, $"paddings along {Before.Count} dimensions", $"{Movement.MaxDimensions}");
    }

    /// <summary>Of the output there is always at least as much to come as of the input: an input at its end is read in time.</summary>
    public override int? GrowsFrom(Node node, int input) => node.Output.ByteSize - node.Input.ByteSize;

    public override int? ViewOffset(Node node, int output) => node.Input.Shape.Count == node.Output.Shape.Count ? 0 : null;

    public override IReadOnlyList<KernelCall> Lower(Node node)
    {
        var loop = Loop(node);
        var bytes = Repeated(Stored, node.Input.Type.Size());
        int[] Leading(int fill, Func<(int Size, int Before, int After), int> member) =>
            [.. Enumerable.Repeat(fill, Movement.MaxDimensions - loop.Count), .. loop.Select(member)];

        return
        [
            new KernelCall(
                "pad_nd",
                [
                    ("dims", Leading(1, dimension => dimension.Size)),
                    ("before", Leading(0, dimension => dimension.Before)),
                    ("after", Leading(0, dimension => dimension.After)),
                    ("element", node.Input.Type.Size()),
                    ("value", [(int)bytes, (int)(bytes >> 32)]),
                ],
                [node.Input],
                [node.Output]),
        ];
    }

    protected override string Attributes => $"{string.Join(',', Before.Zip(After, (before, after) => $"{before}:{after}"))}";

    /// <summary>The dimensions, each one without a border joined to the one outside it.</summary>
    private List<(int Size, int Before, int After)> Loop(Node node)
    {
        var loop = new List<(int Size, int Before, int After)>();
        foreach (var (d, size) in node.Input.Shape.Dimensions.Index())
        {
            if (loop is [.., var outer] && Before[d] == 0 && After[d] == 0)
            {
                loop[^1] = (outer.Size * size, outer.Before * size, outer.After * size);
            }
            else if (size != 1 || Before[d] != 0 || After[d] != 0)
            {
                loop.Add((size, Before[d], After[d]));
            }
        }

        return loop;
    }

    private static ulong Bits(ReadOnlyMemory<byte> element)
    {
        var bits = 0UL;
        foreach (var (index, item) in element.ToArray().Index())
        {
            bits |= (ulong)item << (8 * index);
        }

        return bits;
    }

    private static ulong Repeated(ulong element, int size)
    {
        for (var bits = 8 * size; bits < 64; bits *= 2)
        {
            element |= element << bits;
        }

        return element;
    }
}
