// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Patch;

/// <summary>
/// The code of a sum over patches:
/// <code>
/// for each image, for each row of outputs, for each output pixel
///   collect the patch, where it does not lie in one piece, and expand it
///   for each block of output channels
///     sums over the patch; outputs
/// </code>
/// </summary>
internal sealed class PatchRoutine
{
    private static readonly Fp Input = S(0);
    private static readonly Fp Weights = S(1);
    private static readonly Fp Table = S(2);
    private static readonly Fp Out = S(3);
    private static readonly Fp Expanded = S(4);
    private static readonly Fp Collected = S(5);
    private static readonly Fp FirstWeights = S(6);
    private static readonly Fp FirstTable = S(7);
    private static readonly Fp Images = S(8);
    private static readonly Fp Rows = S(9);
    private static readonly Fp Pixels = S(10);
    private static readonly Fp Blocks = S(11);
    private static readonly Fp Row = S(12);
    private static readonly Fp Column = S(13);
    private static readonly Fp End = S(14);
    private static readonly Fp Patch = S(15);
    private static readonly Fp Groups = S(16);

    private readonly ThumbWriter _w;
    private readonly PatchShape _shape;
    private readonly PatchGather _gather;
    private readonly PatchProduct _product;
    private readonly PatchOutput _output;

    private PatchRoutine(PatchShape shape)
    {
        (_w, _shape) = (new ThumbWriter(shape.Name), shape);
        _gather = new PatchGather(_w, shape, Input, Row, Column);
        _product = new PatchProduct(_w, shape, End);
        _output = new PatchOutput(_w, shape);
    }

    private int PixelBytes => _shape.InDepth * _shape.Element;

    private int BlockBytes => _shape.BlockRows * _shape.Length;

    public static Routine Of(PatchShape shape)
    {
        var code = new PatchRoutine(shape);
        code.Emit();
        return new Routine(shape.Name, code._w.ToString());
    }

    private void Emit()
    {
        _w.Enter();
        foreach (var (index, place) in new[] { Input, FirstWeights, FirstTable }.Index())
        {
            _w.Ldr(R(4), R(1), index * sizeof(uint));
            _w.Vmov(place, R(4));
        }

        _w.Ldr(R(4), R(2));
        _w.Vmov(Out, R(4));
        _w.Vmov(Expanded, R(3));
        if (_shape.IsDirect)
        {
            _w.Repeat(Pixels, _shape.Batch * _shape.Rows.Out * _shape.Columns.Out, () => Pixel(Input), () => _w.Add(Input, PixelBytes, R(8), R(9)));
        }
        else
        {
            _w.Add(R(4), R(3), _shape.ExpandedSize, R(5));
            _w.Vmov(Collected, R(4));
            ClearEnd();
            _w.Repeat(Images, _shape.Batch, Image, () => _w.Add(Input, _shape.Rows.In * _shape.Columns.In * PixelBytes, R(8), R(9)));
        }

        _w.Leave();
    }

    // What follows the last element of a patch, up to a whole group.
    private void ClearEnd()
    {
        if (_shape.IsGrouped || _shape.Length % 4 == 0)
        {
            return;
        }

        var last = 4 * _shape.Element;
        _w.Add(R(4), R(4), (_shape.Groups - 1) * last, R(5));
        _w.Constant(R(5), 0);
        for (var word = 0; word < _shape.Element; word++)
        {
            _w.Str(R(5), R(4), 4 * word);
        }
    }

    private void Image()
    {
        Start(Row, -_shape.Rows.Pad);
        _w.Repeat(Rows, _shape.Rows.Out, () =>
        {
            Start(Column, -_shape.Columns.Pad);
            _w.Repeat(
                Pixels,
                _shape.Columns.Out,
                () =>
                {
                    _gather.Collect(Collected);
                    Pixel(Collected);
                },
                () => _w.Add(Column, _shape.Columns.Stride, R(8), R(9)));
        },
        () => _w.Add(Row, _shape.Rows.Stride, R(8), R(9)));
    }

    private void Start(Fp index, int value)
    {
        _w.Constant(R(8), value);
        _w.Vmov(index, R(8));
    }

    private void Pixel(Fp patch)
    {
        Copy(Weights, FirstWeights);
        Copy(Table, FirstTable);
        if (_shape.IsGrouped)
        {
            Grouped(patch);
            return;
        }

        _gather.Expand(patch, Expanded);
        _w.Repeat(Blocks, _shape.Blocks, Block, NextBlock, _shape.BlockOverlap > 0 ? LastBlock : null);
        NextOut();
    }

    private void Grouped(Fp patch)
    {
        var groups = _shape.InDepth / _shape.GroupDepth;
        Copy(Patch, patch);
        _w.Repeat(
            Groups,
            groups,
            () => _w.Repeat(
                Blocks,
                _shape.OutDepth / groups,
                () =>
                {
                    _product.EmitGrouped(Weights, Table, Patch);
                    _output.Emit(_product.Sums, Table, Out);
                    NextOut();
                    _w.Add(Weights, _shape.Length, R(8), R(9));
                }),
            () => _w.Add(Patch, _shape.GroupDepth * _shape.Element, R(8), R(9)));
    }

    private void NextOut() => _w.Add(Out, _shape.BlockRows * _shape.OutElement, R(8), R(9));

    private void Copy(Fp to, Fp from)
    {
        _w.Vmov(R(8), from);
        _w.Vmov(to, R(8));
    }

    private void Block()
    {
        _product.Emit(Weights, Table, Expanded);
        _output.Emit(_product.Sums, Table, Out);
    }

    private void NextBlock()
    {
        _w.Add(Weights, BlockBytes, R(8), R(9));
        NextOut();
    }

    private void LastBlock()
    {
        _w.Add(Weights, -_shape.BlockOverlap * _shape.Length, R(8), R(9));
        _w.Add(Out, -_shape.BlockOverlap * _shape.OutElement, R(8), R(9));
    }
}
