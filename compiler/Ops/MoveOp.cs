// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Ops;

/// <summary>
/// An op that moves elements and changes none. It says which piece of which input goes where; the kernel calls, folding of
/// constants, and what needs no copy at all follow from that.
/// </summary>
internal abstract record MoveOp : Op
{
    /// <summary>Most bytes that folding may add to the image for one node; beyond, a copy on the device is smaller.</summary>
    private const int FoldLimit = 256;

    public sealed override void Check(Node node)
    {
        CheckShapes(node);

        foreach (var value in node.Inputs.Concat(node.Outputs))
        {
            Require.That(value.Shape.Dimensions.All(dimension => dimension > 0), node, $"tensor {Quoted.Name(value.Name)} of shape {value.Shape} is empty", "dimensions from 1 on");
            Require.That(value.Type == node.Output.Type, node, $"tensors {Quoted.Name(value.Name)} and {Quoted.Name(node.Output.Name)} differ in type", "one type");
        }

        var deepest = Pieces(node).Max(piece => piece.Movement.LoopDimensions);
        Require.That(deepest <= Movement.MaxDimensions, node, $"the data moves along {deepest} dimensions", $"{Movement.MaxDimensions}");
    }

    public sealed override IReadOnlyList<KernelCall> Lower(Node node) =>
        [.. Pieces(node).Select(piece => piece.Movement.Call(piece.Input, piece.Output, piece.Output.Type.Size()))];

    public sealed override IReadOnlyList<ReadOnlyMemory<byte>>? Fold(Node node)
    {
        if (!node.Inputs.All(input => input.IsConstant) || node.Outputs.Sum(output => output.ByteSize) > node.Inputs.Sum(input => input.ByteSize) + FoldLimit)
        {
            return null;
        }

        Check(node);
        var bytes = node.Outputs.ToDictionary(output => output, output => new byte[output.ByteSize]);
        foreach (var (input, output, movement) in Pieces(node))
        {
            movement.Apply(input.Constant!.Value.Span, bytes[output], output.Type.Size());
        }

        return [.. node.Outputs.Select(output => (ReadOnlyMemory<byte>)bytes[output])];
    }

    /// <summary>One unbroken run may move down within its own memory: copy_nd copies it in ascending order.</summary>
    public sealed override bool CanOverwrite(Node node, int input) =>
        Pieces(node) is [{ Movement: StridedCopy { Run: (_, 0) } }] && !node.Output.IsConstant;

    public sealed override int? ViewOffset(Node node, int output)
    {
        var value = node.Outputs[output];
        return Pieces(node).Where(piece => piece.Output == value).ToArray() is [var only]
            && only.Input == node.Input
            && only.Movement.Run is (var from, 0)
            && only.Movement.Count == value.Shape.Count
                ? from * value.Type.Size()
                : null;
    }

    public sealed override int? PartOffset(Node node, int input)
    {
        var (value, pieces) = (node.Inputs[input], Pieces(node));
        return pieces.Where(piece => piece.Input == value).ToArray() is [var only]
            && only.Movement.Run is (0, var to)
            && only.Movement.Count == value.Shape.Count
            && node.Outputs.Count == 1
            && pieces.Sum(piece => piece.Movement.Count) == node.Output.Shape.Count
                ? to * value.Type.Size()
                : null;
    }

    /// <summary>Throws when the shapes do not fit together; types, empty tensors and ranks are checked for all.</summary>
    protected abstract void CheckShapes(Node node);

    /// <summary>Every element of every output is written, by the pieces in order.</summary>
    protected abstract IReadOnlyList<Piece> Pieces(Node node);
}
