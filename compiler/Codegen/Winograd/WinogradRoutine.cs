// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Convolution;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Winograd;

/// <summary>
/// The code of a convolution by one of <see cref="WinogradTile"/> in integers, with a fraction of the multiplications and exact:
/// <code>
/// for each pass
///   for each of its rows of tiles   (copy its rows of input with padding, transform them)
///   for each block of channels      (transform weights, where that is done on the device)
///     sums of products of all tiles, transformed back and stored
/// </code>
/// Operands: inputs are tensor, weights, transformed or not, table of constants and <see cref="WinogradTiles"/>. The state of the loops is on the
/// stack: the transforms use all registers.
/// </summary>
internal sealed class WinogradRoutine
{
    private static readonly Reg Stack = R(13);
    private readonly ThumbWriter _w;
    private readonly WinogradShape _shape;
    private readonly Core _core;

    private WinogradRoutine(ThumbWriter w, WinogradShape shape, Core core) => (_w, _shape, _core) = (w, shape, core);

    /// <summary>Words on the stack. Those that end a loop's line are its state.</summary>
    private enum Slot
    {
        Image, AllWeights, AllTable, Tiles, Window, Transformed, Passing, Sums, Expanded,
        Row, OutRow, Passes,
        FillTiles, Fills,
        Weights, Table, OutBlock, Blocks,
        Count,
    }

    public static Routine Of(WinogradShape shape, Core core)
    {
        var name = $"{shape.Name}_m{(int)core}";
        var w = new ThumbWriter(name);
        new WinogradRoutine(w, shape, core).Emit();
        return new Routine(name, w.ToString());
    }

    private void Emit()
    {
        const int Frame = ((int)Slot.Count + 1) / 2 * 8;
        _w.Enter();
        _w.Reserve(Frame);
        Start();
        Repeat(Slot.Passes, _shape.Passes, Pass, NextPass, _shape.LastBack > 0 ? LastPass : null);
        _w.Release(Frame);
        _w.Leave();
    }

    private void Start()
    {
        foreach (var (index, slot) in new[] { Slot.Image, Slot.AllWeights, Slot.AllTable, Slot.Tiles }.Index())
        {
            _w.Ldr(R(4), R(1), index * sizeof(int));
            Store(R(4), slot);
        }

        _w.Ldr(R(4), R(2));
        Store(R(4), Slot.OutRow);
        Store(R(3), Slot.Transformed);
        foreach (var (slot, at) in new[] { (Slot.Window, _shape.WindowAt), (Slot.Passing, _shape.PassingAt), (Slot.Sums, _shape.SumsAt), (Slot.Expanded, _shape.ExpandedAt) })
        {
            _w.Add(R(4), R(3), at, R(5));
            Store(R(4), slot);
        }

        _w.Constant(R(4), _shape.Window.First);
        Store(R(4), Slot.Row);
        if (_shape.KeepsRows)
        {
            FirstRows();
        }
    }

    // The first rows of the first window, alone.
    private void FirstRows()
    {
        Load([S(0), S(1), S(2)], [Slot.Window, Slot.Image, Slot.Row]);
        new StripCopy(_w, _shape.Window with { Rows = WinogradTile.SharedRows }).Emit(S(0), S(1), S(2));
        Add(Slot.Row, WinogradTile.SharedRows);
    }

    private void Pass()
    {
        Copy(Slot.Tiles, Slot.FillTiles);
        var movesUp = _shape.Passes == 1 && _shape.LastBack > 0;
        Repeat(Slot.Fills, _shape.PassRows, Fill, () => Add(Slot.FillTiles, _shape.Tiles * WinogradTiles.EntryBytes), movesUp ? () => Add(Slot.Row, -_shape.LastBack) : null);

        Copy(Slot.AllWeights, Slot.Weights);
        Copy(Slot.AllTable, Slot.Table);
        Copy(Slot.OutRow, Slot.OutBlock);
        Repeat(Slot.Blocks, _shape.Blocks, Block, NextBlock, _shape.BlockOverlap > 0 ? LastBlock : null);
    }

    private void NextPass() => Add(Slot.OutRow, _shape.PassRows * _shape.Tile.Outputs * _shape.OutRowBytes);

    private void LastPass()
    {
        Add(Slot.Row, -_shape.LastBack);
        Add(Slot.OutRow, -_shape.LastBack * _shape.OutRowBytes);
    }

    private void Fill()
    {
        Load([S(0), S(1), S(2)], [Slot.Window, Slot.Image, Slot.Row]);
        if (_shape.KeepsRows)
        {
            _w.Add(S(0), _shape.SharedBytes, R(8), R(9));
        }

        new StripCopy(_w, _shape.Copied).Emit(S(0), S(1), S(2));
        Add(Slot.Row, _shape.Tile.Outputs);
        Load([S(0), S(1), S(2), S(7)], [Slot.Transformed, Slot.Passing, Slot.Window, Slot.FillTiles]);
        new WinogradInput(_w, _shape).Emit();
        if (_shape.KeepsRows)
        {
            KeepRows();
        }
    }

    private void KeepRows()
    {
        var (to, from, count, words) = (R(0), R(1), R(2), _shape.SharedBytes / sizeof(int));
        Reg[] moved = words % 4 == 0 ? [R(3), R(4), R(5), R(6)] : [R(3), R(4)];
        _w.Ldr(to, Stack, At(Slot.Window));
        _w.Add(from, to, _shape.Tile.Outputs * _shape.WindowRowBytes, R(8));
        _w.Repeat(count, words / moved.Length, () =>
        {
            _w.LdmThenAdd(from, moved);
            _w.StmThenAdd(to, moved);
        });
    }

    private void Block()
    {
        if (_shape.Expands)
        {
            Load([S(0)], [Slot.Expanded]);
            _w.Ldr(R(0), Stack, At(Slot.Weights));
            new WinogradExpansion(_w, _shape).Emit();
        }

        Load([S(1)], [Slot.Sums]);
        _w.Ldr(R(12), Stack, At(Slot.Transformed));
        _w.Ldr(R(14), Stack, At(_shape.Expands ? Slot.Expanded : Slot.Weights));
        new WinogradProducts(_w, _shape, _core).Emit();

        Load([S(0), S(1), S(2), S(3)], [Slot.Sums, Slot.Table, Slot.OutBlock, Slot.Tiles]);
        _w.Hot(_shape.Passes * _shape.Blocks, WinogradOutput.Back, R(8), R(9), new WinogradOutput(_w, _shape).Emit);
    }

    private void NextBlock()
    {
        Add(Slot.Weights, _shape.WeightStep);
        Add(Slot.Table, _shape.BlockChannels * WinogradOutput.TableBytes);
        Add(Slot.OutBlock, _shape.BlockChannels);
    }

    private void LastBlock()
    {
        Add(Slot.OutBlock, -_shape.BlockOverlap);
        if (_shape.Expands)
        {
            Add(Slot.Weights, -_shape.BlockOverlap * _shape.KernelBytes);
        }
    }

    private static int At(Slot slot) => (int)slot * sizeof(int);

    private void Store(Reg what, Slot slot) => _w.Str(what, Stack, At(slot));

    private void Copy(Slot from, Slot to)
    {
        _w.Ldr(R(8), Stack, At(from));
        Store(R(8), to);
    }

    private void Load(IReadOnlyList<Fp> to, IReadOnlyList<Slot> from)
    {
        foreach (var (register, slot) in to.Zip(from))
        {
            _w.Ldr(R(8), Stack, At(slot));
            _w.Vmov(register, R(8));
        }
    }

    private void Add(Slot slot, int value)
    {
        if (value != 0)
        {
            _w.Ldr(R(8), Stack, At(slot));
            _w.Add(R(8), R(8), value, R(9));
            Store(R(8), slot);
        }
    }

    /// <summary>A loop whose counter is on the stack; <paramref name="last"/> is done once, before the last round.</summary>
    private void Repeat(Slot counter, int rounds, Action body, Action next, Action? last = null)
    {
        if (rounds == 1)
        {
            body();
            return;
        }

        _w.Constant(R(8), rounds);
        Store(R(8), counter);
        var (loop, end) = (_w.Loop(), _w.NewLabel());
        body();
        _w.Ldr(R(10), Stack, At(counter));
        _w.Subs(R(10), 1);
        _w.Branch("eq", end);
        Store(R(10), counter);
        next();
        if (last is not null)
        {
            _w.Cmp(R(10), 1);
            _w.Branch("ne", loop);
            last();
        }

        _w.Branch(loop);
        _w.Label(end);
    }
}
