// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Patch;

/// <summary>
/// The sums of a block of output channels over one patch. Of four elements the expanded patch has (x0, x2) and (x1, x3) as pairs of
/// int16; a word of four weights is extended to the same pairs, and two SMLAD add four products. Behind a patch that is no multiple
/// of four are zeros, so that whatever weights follow add nothing.
/// </summary>
internal sealed class PatchProduct
{
    private readonly ThumbWriter _w;
    private readonly PatchShape _shape;
    private readonly Fp _end;
    private readonly Reg[] _sums;
    private readonly Reg[] _weights;
    private readonly Reg[] _words;
    private readonly Reg _patch;
    private readonly Reg _even;
    private readonly Reg _odd;
    private readonly Reg _spare;

    public PatchProduct(ThumbWriter w, PatchShape shape, Fp end)
    {
        (_w, _shape, _end) = (w, shape, end);
        Reg[] all = [.. Enumerable.Range(0, 13).Select(R), R(14)];
        var free = new Queue<Reg>(all);
        Reg[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => free.Dequeue())];

        _sums = Take(shape.BlockRows);
        _weights = Take(shape.Pointers);
        _words = Take(shape.Buffers);
        (_patch, _even, _odd, _spare) = (free.Dequeue(), free.Dequeue(), free.Dequeue(), free.Dequeue());
    }

    /// <summary>From r0 on.</summary>
    public IReadOnlyList<Reg> Sums => _sums;

    /// <param name="weights">Of the block's first row.</param>
    /// <param name="table">Where its biases are; moved on.</param>
    public void Emit(Fp weights, Fp table, Fp patch)
    {
        _w.Vmov(_spare, table);
        _w.LdmThenAdd(_spare, _sums);
        _w.Vmov(table, _spare);
        _w.Vmov(_patch, patch);
        _w.Vmov(_weights[0], weights);
        for (var i = 1; i < _weights.Length; i++)
        {
            _w.Add(_weights[i], _weights[i - 1], _shape.RowsOfPointer * _shape.Length, _spare);
        }

        var (unrolled, rounds) = _shape.Loop;
        var done = unrolled * rounds;
        if (rounds > 0)
        {
            _w.Add(_spare, _patch, done * PatchShape.ExpandedBytes, _spare);
            _w.Vmov(_end, _spare);
            var loop = _w.Loop();
            Groups(unrolled);
            _w.AddSmall(_patch, unrolled * PatchShape.ExpandedBytes);
            foreach (var pointer in _weights)
            {
                _w.AddSmall(pointer, 4 * unrolled);
            }

            _w.Vmov(_spare, _end);
            _w.Cmp(_patch, _spare);
            _w.Branch("ne", loop);
        }

        Groups(_shape.Groups - done);
    }

    /// <summary>The sum of one output channel, whose elements lie a pixel apart in a patch that is not expanded.</summary>
    public void EmitGrouped(Fp weights, Fp table, Fp patch)
    {
        const int AtOnce = 3;
        var (sum, at, row, place) = (R(0), R(7), R(8), R(9));
        _w.Vmov(place, table);
        _w.LdmThenAdd(place, sum);
        _w.Vmov(table, place);
        _w.Vmov(at, patch);
        _w.Vmov(row, weights);
        foreach (var taps in Enumerable.Range(0, _shape.Length).Chunk(AtOnce))
        {
            foreach (var (index, tap) in taps.Index())
            {
                var offset = ((tap / _shape.GroupDepth * _shape.InDepth) + (tap % _shape.GroupDepth)) * _shape.Element;
                if (_shape.Element == 1)
                {
                    _w.Ldrsb(R(1 + index), at, offset);
                }
                else
                {
                    _w.Ldrsh(R(1 + index), at, offset);
                }

                _w.Ldrsb(R(4 + index), row, tap);
            }

            for (var index = 0; index < taps.Length; index++)
            {
                _w.SmlaHalves(sum, R(1 + index), topA: false, R(4 + index), topB: false);
            }
        }
    }

    private void Groups(int count)
    {
        for (var group = 0; group < count; group++)
        {
            _w.Ldr(_even, _patch, group * PatchShape.ExpandedBytes);
            _w.Ldr(_odd, _patch, (group * PatchShape.ExpandedBytes) + 4);
            foreach (var rows in Enumerable.Range(0, _sums.Length).Chunk(_words.Length))
            {
                foreach (var (word, row) in _words.Zip(rows))
                {
                    _w.Ldr(word, _weights[row / _shape.RowsOfPointer], (row % _shape.RowsOfPointer * _shape.Length) + (4 * group));
                }

                foreach (var (word, row) in _words.Zip(rows))
                {
                    _w.Sxtb16(_spare, word);
                    _w.Sxtb16(word, word, 8);
                    _w.Smlad(_sums[row], _spare, _even);
                    _w.Smlad(_sums[row], word, _odd);
                }
            }
        }
    }
}
