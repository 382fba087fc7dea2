// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// The code of a depthwise convolution:
/// <code>
/// for each pass                       (all channels, or those of one sign)
///   for each channel                  (copy it into a plane)
///     for each output of it           (make its weights, load its constants)
///       for each group of output rows
///         for each block of columns   see DepthwiseBlock
/// </code>
/// With multiplier 1, a channel's bytes are all read before the first of them is written, and no other's are touched: the output may lie over the input.
/// Operands: inputs are tensor, weights, table of constants.
/// </summary>
internal sealed class DepthwiseRoutine
{
    private const int SmallPlane = 256;

    /// <summary>
    /// Pixels that are copied and blocks that are computed in a straight piece of code, about. Of small planes fewer, where all code of a channel then
    /// fits the code lines of an M4's flash; of large ones a channel takes so long that fetching its code again does not matter. Blocks one at a
    /// time are for a single row of outputs.
    /// </summary>
    private static readonly (int Pixels, int Blocks)[] Straight = [(24, 3), (16, 3), (12, 3), (8, 3), (16, 1), (8, 1)];

    private readonly ThumbWriter _w;
    private readonly DepthwiseShape _shape;
    private readonly Core _core;
    private readonly (int Pixels, int Blocks) _code;
    private int _channelBytes;

    private DepthwiseRoutine(string name, DepthwiseShape shape, Core core, (int Pixels, int Blocks) code)
    {
        (_w, _shape, _core, _code) = (new ThumbWriter(name), shape, core, code);
        Emit();
    }

    public static Routine Of(DepthwiseShape shape, Core core)
    {
        var name = $"depthwise_{shape}_m{(int)core}";
        var isSmall = core == Core.CortexM4 && shape.Rows.In * shape.Columns.In <= SmallPlane;
        var straight = Straight.Take(isSmall && !shape.IsPlanar ? Straight.Length : 1).Where(code => code.Blocks > 1 || shape.Rows.Out == 1);
        DepthwiseRoutine[] all = [.. straight.Select(code => new DepthwiseRoutine(name, shape, core, code))];
        return new Routine(name, (all.FirstOrDefault(routine => routine._channelBytes <= CodeBlock.LineCache) ?? all[0])._w.ToString());
    }

    private void Emit()
    {
        _w.Enter();
        Load(Input, R(1), 0);
        Load(Weights, R(1), 4);
        Load(Table, R(1), 8);
        Load(Output, R(2), 0);
        _w.Vmov(Plane, R(3));
        _w.Add(R(3), R(3), _shape.PlaneBytes, R(4));
        _w.Vmov(Words, R(3));

        for (var pass = 0; pass < _shape.Passes; pass++)
        {
            if (pass > 0)
            {
                // The pointers are one round ahead, at the first channel of this sign.
                Step(1 - _shape.Channels);
                _w.Add(Input, (1 - _shape.Channels) * _shape.InChannelStep, R(0), R(1));
            }

            Pass(pass);
        }

        _w.Leave();
    }

    private void Pass(int pass)
    {
        var plane = new PlaneFill(_w, _shape, _core, _shape.UnsignedInput && pass == 0, _code.Pixels);
        var output = new DepthwiseOutput(_w, _shape, _core, _shape.UnsignedOutput && pass == 0);

        if (_shape.IsPlanar)
        {
            _w.Constant(R(0), (_shape.InputZeroPoint & 0xFFFF) | (_shape.InputZeroPoint << 16));
            _w.Vmov(Border, R(0));
        }
        else
        {
            plane.Borders();
        }

        output.Start();
        _w.Constant(R(0), _shape.InChannels / _shape.Passes);
        _w.Vmov(ChannelsLeft, R(0));

        var channel = _w.Loop();
        var before = _w.CodeBytes;
        var channels = _shape.InChannels / _shape.Passes;
        if (_shape.IsPlanar)
        {
            Outputs(output);
        }
        else
        {
            _w.Hot(channels, Back, R(0), R(1), plane.Inside);
            _w.Hot(channels, Back, R(0), R(1), () => Outputs(output));
        }

        _w.Add(Input, _shape.Passes * _shape.InChannelStep, R(0), R(1));
        Count(ChannelsLeft, channel);
        _channelBytes = _w.CodeBytes - before;
    }

    private void Outputs(DepthwiseOutput output)
    {
        if (_shape.Multiplier == 1)
        {
            OneOutput(output);
            return;
        }

        _w.Constant(R(0), _shape.Multiplier);
        _w.Vmov(OutputsLeft, R(0));
        var loop = _w.Loop();
        OneOutput(output);
        Count(OutputsLeft, loop);
    }

    private void OneOutput(DepthwiseOutput output)
    {
        var weights = new WeightLoad(_w, _shape);
        _w.Vmov(Spare, Table);
        _w.VldmThenAdd(Spare, Start, _shape.TableWords);
        for (var phase = 0; phase < _shape.Phases; phase++)
        {
            if (_shape.KeepsWeights)
            {
                weights.Keep(phase);
            }
            else
            {
                weights.Store();
            }

            if (_shape.IsPlanar)
            {
                new PlanarChannel(_w, _shape, new PlanarBlock(_w, _shape, output, _core)).Emit();
            }
            else
            {
                Channel(DepthwiseBlock.Of(_w, _shape, output, _core, phase), phase);
            }
        }

        Step(_shape.Passes);
    }

    private void Step(int channels)
    {
        _w.Add(Weights, channels, R(0), R(1));
        _w.Add(Table, channels * _shape.TableWords * sizeof(int), R(0), R(1));
        _w.Add(Output, channels, R(0), R(1));
    }

    private void Channel(DepthwiseBlock block, int phase)
    {
        _w.Vmov(In, Plane);
        _w.Vmov(Out, Output);
        _w.Add(Out, Out, phase * _shape.Channels, Spare);
        var (columns, groups, rest) = (_shape.ColumnsOf(phase), _shape.Rows.Out / _shape.BlockRows, _shape.Rows.Out % _shape.BlockRows);
        if (groups > 1)
        {
            _w.Constant(Spare, groups);
            _w.Vmov(RowsLeft, Spare);
            var loop = _w.Loop();
            Rows(block, _shape.BlockRows, columns);
            Count(RowsLeft, loop);
        }
        else if (groups == 1)
        {
            Rows(block, _shape.BlockRows, columns);
        }

        if (rest > 0)
        {
            Rows(block, rest, columns);
        }
    }

    private void Rows(DepthwiseBlock block, int rows, int columns)
    {
        var size = DepthwiseBlock.Outputs / rows;
        var (blocks, rest) = (columns / size, columns % size);
        var inStep = size * _shape.Phases * _shape.Columns.Stride * DepthwiseShape.SampleBytes;
        var outStep = size * _shape.Phases * _shape.Channels;
        var done = 0;
        if (blocks > _code.Blocks)
        {
            var unrolled = _code.Blocks == 1 ? 1 : blocks % 3 == 0 ? 3 : 2;
            done = blocks / unrolled * unrolled;
            _w.Add(Spare, In, done * inStep, OtherSpare);
            _w.Vmov(ColumnsEnd, Spare);
            var loop = _w.Loop();
            for (var i = 0; i < unrolled; i++)
            {
                block.Emit(rows, size, i * inStep, i * outStep);
            }

            _w.Add(In, In, unrolled * inStep, Spare);
            _w.Add(Out, Out, unrolled * outStep, Spare);
            _w.Vmov(Spare, ColumnsEnd);
            _w.Cmp(In, Spare);
            _w.Branch("ne", loop);
        }

        for (var i = done; i < blocks; i++)
        {
            block.Emit(rows, size, (i - done) * inStep, (i - done) * outStep);
        }

        if (rest > 0)
        {
            block.Emit(rows, rest, (blocks - done) * inStep, (blocks - done) * outStep);
        }

        _w.Add(In, In, (rows * _shape.Rows.Stride * _shape.RowBytes) - (done * inStep), Spare);
        _w.Add(Out, Out, (rows * _shape.OutRowBytes) - (done * outStep), Spare);
    }

    private void Count(Fp counter, string loop)
    {
        _w.Vmov(Spare, counter);
        _w.Subs(Spare, 1);
        _w.Vmov(counter, Spare);
        _w.Branch("ne", loop);
    }

    private void Load(Fp to, Reg from, int offset)
    {
        _w.Ldr(R(4), from, offset);
        _w.Vmov(to, R(4));
    }
}
