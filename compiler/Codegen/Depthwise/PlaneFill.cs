// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// The plane of one channel in scratch: its rows as int16, inside borders that hold the zero point, so that no tap needs a test. The
/// borders are written once a pass, the inside once a channel.
/// </summary>
internal sealed class PlaneFill(ThumbWriter w, DepthwiseShape shape, Core core, bool unsigned)
{
    private const int Chunk = 8;
    private const int LargestOffset = 4095;
    private static readonly Reg From = R(0);
    private static readonly Reg To = R(1);
    private static readonly Reg Rows = R(12);
    private static readonly Reg Chunks = R(14);

    /// <summary>Pixels that one base register reaches.</summary>
    private int Reach => Math.Min(Chunk, 1 + (LargestOffset / shape.Channels));

    public void Borders()
    {
        if (!shape.IsBordered)
        {
            return;
        }

        var words = shape.PlaneBytes / sizeof(int);
        w.Vmov(R(0), Plane);
        var zero = (ushort)(shape.InputZeroPoint + (unsigned ? 128 : 0));
        w.Constant(R(1), (zero << 16) | zero);
        for (var copy = 2; copy <= 4; copy++)
        {
            w.Mov(R(copy), R(1));
        }

        if (words / 4 > 0)
        {
            w.Constant(R(5), words / 4);
            var loop = w.Loop();
            w.StmThenAdd(R(0), R(1), R(2), R(3), R(4));
            w.Subs(R(5), 1);
            w.Branch("ne", loop);
        }

        for (var word = 0; word < words % 4; word++)
        {
            w.StrThenAdd(R(1), R(0), sizeof(int));
        }
    }

    /// <summary>Copies a channel into the plane. Uses all registers.</summary>
    public void Inside()
    {
        w.Vmov(From, Input);
        w.Vmov(To, Plane);
        w.Add(To, To, (shape.Rows.Pad * shape.RowBytes) + (shape.Columns.Pad * DepthwiseShape.SampleBytes), R(2));

        w.Constant(Rows, shape.Rows.In);
        var row = w.Loop();
        var (chunks, rest) = (shape.Columns.In / Reach, shape.Columns.In % Reach);
        if (chunks > 2)
        {
            w.Constant(Chunks, chunks);
            var loop = w.Loop();
            Pixels(Reach);
            w.Subs(Chunks, 1);
            w.Branch("ne", loop);
        }
        else
        {
            for (var i = 0; i < chunks; i++)
            {
                Pixels(Reach);
            }
        }

        Pixels(rest);
        w.Add(To, To, shape.RowBytes - (shape.Columns.In * DepthwiseShape.SampleBytes), R(2));
        w.Subs(Rows, 1);
        w.Branch("ne", row);
    }

    // The M7 pairs a load with the store of an earlier pixel; the M4 wants loads and stores apart.
    private void Pixels(int count)
    {
        var lag = core == Core.CortexM7 ? 3 : count;
        for (var i = 0; i < count + lag; i++)
        {
            if (i < count)
            {
                Load(R(2 + i), i * shape.Channels);
            }

            if (i >= lag)
            {
                w.Strh(R(2 + i - lag), To, (i - lag) * DepthwiseShape.SampleBytes);
            }
        }

        w.Add(From, From, count * shape.Channels, R(2));
        w.Add(To, To, count * DepthwiseShape.SampleBytes, R(2));
    }

    private void Load(Reg to, int offset)
    {
        if (unsigned)
        {
            w.Ldrb(to, From, offset);
        }
        else
        {
            w.Ldrsb(to, From, offset);
        }
    }
}
