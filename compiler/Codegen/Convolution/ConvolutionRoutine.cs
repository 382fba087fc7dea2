// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// The code of a convolution:
/// <code>
/// for each strip of output rows              (copy its input with padding, if it has any)
///   for each block of four output channels   (expand its weights into scratch, load its constants)
///     for each row of outputs
///       for each pair of pixels              two pixels x four channels: sums in r0-r7
///         for each run, for each group       four inputs at a time
/// </code>
/// Pointers and counters of the outer loops live in the FPU's registers. Operands: inputs are tensor, weights, table of constants.
/// </summary>
internal sealed class ConvolutionRoutine
{
    private const int GroupBytes = 32;
    private const int MostStraightGroups = 10;
    private const int MostGroups = 12;

    // s0-s3: the pair of pixels. s4-s19: constants of the block. The rest: outer loops.
    private static readonly Fp RunEnd = S(0);
    private static readonly Fp Block = S(1);
    private static readonly Fp Out = S(2);
    private static readonly Fp Pairs = S(3);
    private static readonly Fp Table = S(20);
    private static readonly Fp InRow = S(21);
    private static readonly Fp Weights = S(22);
    private static readonly Fp OutBlock = S(23);
    private static readonly Fp Rows = S(24);
    private static readonly Fp Blocks = S(25);
    private static readonly Fp BlockEnd = S(26);
    private static readonly Fp Strips = S(27);
    private static readonly Fp Window = S(28);
    private static readonly Fp Image = S(29);
    private static readonly Fp OutStrip = S(30);
    private static readonly Fp StripRow = S(31);

    private readonly ThumbWriter _w;
    private readonly ConvolutionShape _shape;
    private readonly IConvolutionSchedule _schedule;
    private readonly OutputCode _output;

    private ConvolutionRoutine(ConvolutionShape shape, Core core)
    {
        var name = $"{shape.Name}_m{(int)core}";
        _w = new ThumbWriter(name);
        _shape = shape;
        _schedule = core == Core.CortexM7 ? new ConvolutionScheduleM7() : new ConvolutionScheduleM4();
        _output = new OutputCode(_w, shape.Output, shape.UnsignedOutput);
        Emit();
        Routine = new Routine(name, _w.ToString());
    }

    private Routine Routine { get; }

    public static Routine Of(ConvolutionShape shape, Core core) => new ConvolutionRoutine(shape, core).Routine;

    private void Emit()
    {
        Start();
        _w.Repeat(Strips, _shape.Strips, OneStrip, NextStrip, LastStrip);
        _w.Leave();
    }

    private void Start()
    {
        _w.Enter();
        _w.Ldr(R(4), R(1));
        _w.Vmov(Image, R(4));
        _w.Ldr(R(5), R(1), 4);
        _w.Vmov(Weights, R(5));
        _w.Ldr(R(6), R(1), 8);
        _w.Vmov(Table, R(6));
        _w.Ldr(R(7), R(2));
        _w.Vmov(OutStrip, R(7));
        _w.Vmov(Block, R(3));
        _w.Add(R(8), R(3), _shape.BlockBytes, R(9));
        _w.Vmov(BlockEnd, R(8));
        _w.Vmov(Window, _shape.Strip is null ? R(4) : R(8));
        if (_shape.Strip is { } strip)
        {
            _w.Constant(R(8), strip.First);
            _w.Vmov(StripRow, R(8));
        }

        _output.Start();
    }

    private void OneStrip()
    {
        if (_shape.Strip is { } strip)
        {
            new StripCopy(_w, strip).Emit(Window, Image, StripRow);
        }

        _w.Vmov(R(8), OutStrip);
        _w.Vmov(OutBlock, R(8));
        _w.Repeat(Blocks, _shape.Blocks, OneBlock, NextBlock, LastBlock);
    }

    private void NextStrip()
    {
        _w.Add(Weights, -((_shape.Blocks - 1) * ConvolutionShape.BlockChannels * _shape.KernelBytes) + (_shape.BlockOverlap * _shape.KernelBytes), R(8), R(9));
        _w.Add(Table, -(_shape.Blocks * _output.TableBytes), R(8), R(9));
        _w.Add(OutStrip, _shape.Rows * _shape.Pixels * _shape.OutDepth, R(8), R(9));
        if (_shape.Strip is { } strip)
        {
            _w.Add(StripRow, strip.Step, R(8), R(9));
        }
    }

    private void LastStrip()
    {
        var back = (_shape.Strips * _shape.Rows) - _shape.AllRows;
        _w.Add(OutStrip, -back * _shape.Pixels * _shape.OutDepth, R(8), R(9));
        _w.Add(StripRow, -_shape.Strip!.LastBack, R(8), R(9));
    }

    private void OneBlock()
    {
        WeightBlock.Expand(_w, _shape, Weights, Block, RunEnd, Pairs);
        if (_shape.Runs == 1 && Unrolled() is { Rounds: > 0 } single)
        {
            _w.Vmov(R(10), Block);
            EndAfter(R(10), single.Rounds * single.Unrolled);
        }

        _output.LoadTable(Table);
        _w.Vmov(R(8), OutBlock);
        _w.Vmov(Out, R(8));
        _w.Vmov(R(8), Window);
        _w.Vmov(InRow, R(8));
        _w.Repeat(
            Rows,
            _shape.Rows,
            OneRow,
            () =>
            {
                _w.Add(InRow, _shape.RowStep, R(8), R(9));
                _w.Add(Out, _shape.OutRowStep - (_shape.Pixels * _shape.OutPixelStep), R(8), R(9));
            },
            last: null);
    }

    private void NextBlock()
    {
        _w.Add(Weights, ConvolutionShape.BlockChannels * _shape.KernelBytes, R(8), R(9));
        _w.Add(OutBlock, ConvolutionShape.BlockChannels, R(8), R(9));
    }

    private void LastBlock()
    {
        _w.Add(Weights, -_shape.BlockOverlap * _shape.KernelBytes, R(8), R(9));
        _w.Add(OutBlock, -_shape.BlockOverlap, R(8), R(9));
    }

    private void OneRow()
    {
        var step = _shape.Pixels == 1 ? 0 : _shape.PixelStep;
        var outStep = _shape.Pixels == 1 ? 0 : _shape.OutPixelStep;
        var odd = _shape.Pixels % 2 == 1 && _shape.Pixels > 1;

        _w.Vmov(R(12), InRow);
        _w.Repeat(
            Pairs,
            (_shape.Pixels + 1) / 2,
            () =>
            {
                _output.Bias();
                _w.Vmov(R(14), Block);
                var consumed = Sums(step);
                _output.Bytes();
                _w.Vmov(R(14), Out);
                for (var pixel = 0; pixel < 2; pixel++)
                {
                    for (var channel = 0; channel < _shape.Stored; channel++)
                    {
                        _w.Strb(R((2 * channel) + pixel), R(14), (pixel * outStep) + channel);
                    }
                }

                _w.Add(R(14), R(14), _shape.Pixels == 1 ? _shape.OutPixelStep : 2 * outStep, R(8));
                _w.Vmov(Out, R(14));
                _w.Add(R(12), R(12), (2 * step) - consumed, R(8));
            },
            next: null,
            odd ? () =>
            {
                _w.Add(R(12), R(12), -step, R(8));
                _w.Add(Out, -outStep, R(8), R(9));
            } : null);
    }

    // Returns how far r12 has moved.
    private int Sums(int step)
    {
        var (runs, groups) = (_shape.Runs, _shape.Groups);
        if (runs * groups <= MostStraightGroups && (runs * _shape.RunStep) + step < 4096)
        {
            Straight([.. Enumerable.Range(0, runs * groups).Select(i => At(((i / groups) * _shape.RunStep) + _shape.GroupOffset(i % groups), i * GroupBytes, step))], after: null);
            return 0;
        }

        if (runs == 1)
        {
            return Run(step);
        }

        var run = _w.Loop();
        _w.Add(R(12), R(12), _shape.RunStep - Run(step), R(8));
        _w.Vmov(R(8), BlockEnd);
        _w.Cmp(R(14), R(8));
        _w.Branch("ne", run);
        return runs * _shape.RunStep;
    }

    private void EndAfter(Reg weights, int groups)
    {
        _w.Add(R(8), weights, groups * GroupBytes, R(9));
        _w.Vmov(RunEnd, R(8));
    }

    private int Run(int step)
    {
        var (unrolled, rounds) = Unrolled();
        if (rounds > 0 && _shape.Runs > 1)
        {
            EndAfter(R(14), rounds * unrolled);
        }

        _schedule.Start(_w, At(0, 0, step));
        if (rounds > 0)
        {
            var loop = _w.Loop();
            var next = _schedule.LoadsAhead ? At(4 * unrolled, unrolled * GroupBytes, step) : (Group?)null;
            Groups([.. Enumerable.Range(0, unrolled).Select(i => At(4 * i, i * GroupBytes, step))], next);
            _w.Add(R(14), R(14), unrolled * GroupBytes, R(11));
            _w.Add(R(12), R(12), 4 * unrolled, R(11));
            _w.Vmov(R(11), RunEnd);
            _w.Cmp(R(14), R(11));
            _w.Branch("ne", loop);
        }

        var moved = rounds * unrolled;
        var rest = _shape.Groups - moved;
        Groups([.. Enumerable.Range(moved, rest).Select(g => At(_shape.GroupOffset(g) - (4 * moved), (g - moved) * GroupBytes, step))], after: null);
        if (_shape.Runs > 1)
        {
            _w.Add(R(14), R(14), rest * GroupBytes, R(8));
        }

        return 4 * moved;
    }

    // As few rounds as a loop body and its rest of 1 KB allow. What overlaps, and the last group of a schedule that loads ahead,
    // stands behind the loop.
    private (int Unrolled, int Rounds) Unrolled()
    {
        var looped = _shape.Groups - (_schedule.LoadsAhead ? 1 : 0) - (_shape.Overlap > 0 ? 1 : 0);
        if (_shape.Groups <= MostGroups)
        {
            return (0, 0);
        }

        var best = Enumerable.Range(3, MostGroups - 3).Where(unrolled => unrolled + _shape.Groups - (looped / unrolled * unrolled) <= MostGroups).MinBy(unrolled => looped / unrolled);
        return (best, looped / best);
    }

    private void Straight(IReadOnlyList<Group> groups, Group? after)
    {
        _schedule.Start(_w, groups[0]);
        Groups(groups, after);
    }

    private void Groups(IReadOnlyList<Group> groups, Group? after)
    {
        foreach (var (index, group) in groups.Index())
        {
            _schedule.Emit(_w, group, index + 1 < groups.Count ? groups[index + 1] : after);
        }
    }

    private Group At(int input, int weights, int step) => new(input, weights, step, _shape.FlipsInput);
}
