// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// The code of a fully connected layer: for each input, expand it once; for each block of rows of weights, sums in r0.., then bytes.
/// Operands: inputs are tensor, weights as the product wants them, table of constants.
/// </summary>
internal sealed class DenseRoutine
{
    private static readonly Fp Expanded = S(0);
    private static readonly Fp Weights = S(1);
    private static readonly Fp Table = S(2);
    private static readonly Fp Out = S(3);
    private static readonly Fp Blocks = S(4);
    private static readonly Fp Input = S(6);
    private static readonly Fp Batches = S(7);
    private static readonly Fp Counter = S(8);
    private static readonly Fp Back = S(11);

    private readonly ThumbWriter _w;
    private readonly DenseShape _shape;
    private readonly IDenseProduct _product;
    private readonly DenseOutput _output;

    private DenseRoutine(DenseShape shape, Core core, string name)
    {
        (_w, _shape) = (new ThumbWriter(name), shape);
        _product = shape.Packed ? new PackedProduct(_w, shape, core) : new RawProduct(_w, shape, core);
        _output = new DenseOutput(_w, shape);
    }

    public static Routine Of(DenseShape shape, Core core)
    {
        var name = $"{shape.Name}_m{(int)core}";
        var code = new DenseRoutine(shape, core, name);
        code.Emit();
        return new Routine(name, code._w.ToString());
    }

    private void Emit()
    {
        _w.Enter();
        _w.Vmov(Expanded, R(3));
        foreach (var (index, place) in new[] { Input, Weights }.Index())
        {
            _w.Ldr(R(4), R(1), index * sizeof(uint));
            _w.Vmov(place, R(4));
        }

        _w.Ldr(R(4), R(2));
        _w.Vmov(Out, R(4));
        _w.Ldr(R(4), R(1), 2 * sizeof(uint));
        _output.Start(R(4));
        _w.Vmov(Table, R(4));
        _w.Repeat(Batches, _shape.Batch, OneInput, next: NextInput);
        _w.Leave();
    }

    private void OneInput()
    {
        Expand();
        _w.Repeat(Blocks, _shape.Blocks, Block, NextBlock, _shape.BlockOverlap > 0 ? LastBlock : null);
    }

    private void NextInput()
    {
        _w.Add(Input, _shape.InSize, R(8), R(9));
        _w.Add(Weights, -(((_shape.Blocks - 1) * _product.BlockBytes) - _product.LastBlockBack), R(8), R(9));
        _w.Add(Table, -_shape.Blocks * _output.TableBytes, R(8), R(9));
    }

    private void NextBlock()
    {
        _w.Add(Weights, _product.BlockBytes, R(8), R(9));
    }

    private void LastBlock()
    {
        _w.Add(Weights, -_product.LastBlockBack, R(8), R(9));
        _w.Add(Out, -_shape.BlockOverlap, R(8), R(9));
    }

    private void Expand()
    {
        var (from, to) = (R(0), R(1));
        _w.Vmov(from, Input);
        _w.Vmov(to, Expanded);
        _product.StartExpansion();

        var whole = _shape.Groups - (_shape.Overlap > 0 ? 1 : 0);
        var unrolled = whole % 2 == 0 ? 2 : 1;
        _w.Repeat(Counter, whole / unrolled, () =>
        {
            for (var i = 0; i < unrolled; i++)
            {
                _w.LdrThenAdd(R(4), from, 4);
                ExpandWord(to, overlap: 0);
            }
        });
        if (_shape.Overlap > 0)
        {
            _w.Ldr(R(4), from, -_shape.Overlap);
            ExpandWord(to, _shape.Overlap);
        }
    }

    private void ExpandWord(Reg to, int overlap)
    {
        if (_shape.FlipsInput)
        {
            _w.Eor(R(4), R(4), MixedSigns.EvenTops);
        }

        _product.Expand(overlap);
        _w.StmThenAdd(to, R(6), R(7));
    }

    private void Block()
    {
        Reg[] sums = [.. Enumerable.Range(0, _shape.BlockRows).Select(R)];
        _w.Vmov(R(8), Table);
        _w.LdmThenAdd(R(8), sums);
        _w.Vmov(Table, R(8));
        _w.Vmov(R(12), Expanded);
        _w.Vmov(R(14), Weights);
        _product.Sums();
        _w.Hot(_shape.Batch * _shape.Blocks, Back, R(8), R(9), () => _output.Emit(sums, Table, Out));
    }
}
