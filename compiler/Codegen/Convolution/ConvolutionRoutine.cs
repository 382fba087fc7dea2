// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// The code of a convolution:
/// <code>
/// for each strip of output rows              (copy its input with padding, if it has any; gather windows)
///   for each block of four output channels   (expand its weights into scratch, unless the compiler has; load its constants)
///     for each row of outputs
///       for each pair of pixels              two pixels x four channels: sums in r0-r7
///         for each run, for each group       four inputs at a time
/// </code>
/// Pointers and counters of the outer loops live in the FPU's registers. Operands: inputs are tensor, weights, table of constants.
/// </summary>
internal sealed class ConvolutionRoutine
{
    /// <summary>What stands in the loop over pixels besides groups, output code and stores: loops and pointers.</summary>
    private const int LoopBytes = 96;
    private const int RunLoopBytes = 40;

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
    private readonly OutputCode _output;
    private readonly ConvolutionSums _sums;

    private ConvolutionRoutine(ConvolutionShape shape, Core core)
    {
        var name = $"{shape.Name}_m{(int)core}";
        _w = new ThumbWriter(name);
        _shape = shape;
        IConvolutionSchedule schedule = core == Core.CortexM7 ? new ConvolutionScheduleM7() : new ConvolutionScheduleM4();
        _output = new OutputCode(_w, shape.Output, shape.UnsignedOutput);
        _sums = new ConvolutionSums(_w, shape, schedule, RunEnd, BlockEnd, Most(schedule));
        Emit();
        Routine = new Routine(name, _w.ToString());
    }

    private Routine Routine { get; }

    private int Most(IConvolutionSchedule schedule)
    {
        var inRuns = schedule.MostGroups(LoopBytes + _output.CodeBytes, _shape.FlipsInput);
        return _shape.Runs == 1 || _shape.Groups <= inRuns ? inRuns : schedule.MostGroups(LoopBytes + RunLoopBytes + _output.CodeBytes, _shape.FlipsInput);
    }

    public static Routine Of(ConvolutionShape shape, Core core) => new ConvolutionRoutine(shape, core).Routine;

    private void Emit()
    {
        Start();
        _w.Repeat(Strips, _shape.Strips, OneStrip, NextStrip);
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
        _w.Add(R(8), R(3), _shape.Expands ? _shape.BlockBytes : 0, R(9));
        _w.Vmov(BlockEnd, R(8));
        if (_shape.Strip is { } strip)
        {
            _w.Add(R(4), R(8), _shape.Windows is null ? 0 : strip.Bytes, R(9));
            _w.Constant(R(8), strip.First);
            _w.Vmov(StripRow, R(8));
        }

        _w.Vmov(Window, R(4));
        _output.Start();
    }

    private void OneStrip()
    {
        if (_shape.Strip is { } strip)
        {
            new StripCopy(_w, strip).Emit(_shape.Windows is null ? Window : BlockEnd, Image, StripRow);
        }

        if (_shape.Windows is { } windows)
        {
            new WindowCopy(_w, windows, _shape.Pixels, _shape.Rows).Emit(BlockEnd, Window, Rows);
        }

        _w.Vmov(R(8), OutStrip);
        _w.Vmov(OutBlock, R(8));
        _w.Repeat(Blocks, _shape.Blocks, OneBlock, NextBlock, LastBlock);
    }

    private void NextStrip()
    {
        _w.Add(Weights, _shape.LastWeightsBack - ((_shape.Blocks - 1) * _shape.WeightStep), R(8), R(9));
        _w.Add(Table, -(_shape.Blocks * _output.TableBytes), R(8), R(9));
        _w.Add(OutStrip, _shape.Rows * _shape.Pixels * _shape.PixelBytes, R(8), R(9));
        if (_shape.Strip is { } strip)
        {
            _w.Add(StripRow, strip.Step, R(8), R(9));
        }
    }

    private void OneBlock()
    {
        if (_shape.Expands)
        {
            WeightBlock.Expand(_w, _shape, Weights, Block, RunEnd, Pairs);
        }
        else
        {
            UseWeights();
        }

        _sums.StartBlock(Block);
        _output.LoadTable(Table);
        _w.Vmov(R(8), OutBlock);
        _w.Vmov(Out, R(8));
        _w.Vmov(R(8), Window);
        _w.Vmov(InRow, R(8));
        if (_shape.LastRows == _shape.Rows)
        {
            _w.Repeat(Rows, _shape.Rows, OneRow, NextRow);
        }
        else
        {
            CountRows();
            _w.Rounds(Rows, OneRow, NextRow);
        }
    }

    // Fewer in the last strip.
    private void CountRows()
    {
        var counted = _w.NewLabel();
        _w.Vmov(R(9), Strips);
        _w.Constant(R(8), _shape.Rows);
        _w.Cmp(R(9), 1);
        _w.Branch("ne", counted);
        _w.Constant(R(8), _shape.LastRows);
        _w.Label(counted);
        _w.Vmov(Rows, R(8));
    }

    private void NextRow()
    {
        _w.Add(InRow, _shape.RowStep, R(8), R(9));
        _w.Add(Out, _shape.OutRowStep - (_shape.Pixels * _shape.OutPixelStep), R(8), R(9));
    }

    // Runs end with the block where there are several; one run of gathered windows needs the address of the strip.
    private void UseWeights()
    {
        _w.Vmov(R(8), Weights);
        _w.Vmov(Block, R(8));
        if (_shape.Windows is null)
        {
            _w.Add(R(8), R(8), _shape.BlockBytes, R(9));
            _w.Vmov(BlockEnd, R(8));
        }
    }

    private void NextBlock()
    {
        _w.Add(Weights, _shape.WeightStep, R(8), R(9));
        _w.Add(OutBlock, ConvolutionShape.BlockChannels * _shape.ChannelStep, R(8), R(9));
    }

    private void LastBlock()
    {
        _w.Add(Weights, -_shape.LastWeightsBack, R(8), R(9));
        _w.Add(OutBlock, -_shape.BlockOverlap * _shape.ChannelStep, R(8), R(9));
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
                var consumed = _sums.Emit();
                _output.Bytes();
                _w.Vmov(R(14), Out);
                Store(outStep);
                _w.Add(R(14), R(14), _shape.Pixels == 1 ? _shape.OutPixelStep : 2 * outStep, R(8));
                _w.Vmov(Out, R(14));
                _w.Add(R(12), R(12), (2 * step) - consumed, R(8));
            },
            next: null,
            odd ? () =>
            {
                _w.Add(R(12), R(12), -step, R(8));
                _w.Add(Out, -outStep, R(8), R(9));
            }
        : null);
    }

    // At lr, which stays or gets its value back; planes may be out of a store's reach.
    private void Store(int outStep)
    {
        var (step, moved) = (_shape.ChannelStep, 0);
        var isFar = step + outStep > LargestOffset;
        if (isFar)
        {
            _w.Constant(R(8), step);
        }

        for (var channel = 0; channel < _shape.Stored; channel++)
        {
            var ahead = (channel * step) - moved;
            if (ahead + outStep > LargestOffset)
            {
                if (isFar)
                {
                    _w.Add(R(14), R(14), R(8));
                }
                else
                {
                    _w.Add(R(14), R(14), ahead, R(8));
                }

                moved += ahead;
            }

            for (var pixel = 0; pixel < 2; pixel++)
            {
                _w.Strb(R((2 * channel) + pixel), R(14), (pixel * outStep) + (channel * step) - moved);
            }
        }

        if (moved > 0)
        {
            _w.Vmov(R(14), Out);
        }
    }
}
