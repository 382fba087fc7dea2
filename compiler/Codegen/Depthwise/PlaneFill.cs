// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.Depthwise.DepthwiseRegisters;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// The plane of one channel in scratch: its rows as int16, inside borders that hold the zero point, so that no tap needs a test. The
/// borders are written once a pass, the inside once a channel.
/// </summary>
/// <param name="straight">Pixels of a straight piece of code, about.</param>
internal sealed class PlaneFill(ThumbWriter w, DepthwiseShape shape, Core core, bool unsigned, int straight)
{
    private static readonly Reg From = R(0);
    private static readonly Reg To = R(1);
    private static readonly Reg Rows = R(12);
    private static readonly Reg Pieces = R(14);

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

        var (rows, columns) = (shape.Rows.In, shape.Columns.In);
        if (columns > straight)
        {
            // The largest piece that leaves least over.
            var piece = Enumerable.Range(straight / 2, (straight / 2) + 1).MinBy(size => ((columns % size) * straight) + straight - size);
            w.Repeat(Rows, rows, () =>
            {
                w.Repeat(Pieces, columns / piece, () => Copy(1, piece, piece * DepthwiseShape.SampleBytes));
                Copy(1, columns % piece, shape.RowBytes - (columns / piece * piece * DepthwiseShape.SampleBytes));
            });
        }
        else
        {
            var together = Math.Min(rows, Math.Min(straight / columns, LargestOffset / shape.RowBytes));
            w.Repeat(Rows, rows / together, () => Copy(together, columns, together * shape.RowBytes));
            Copy(rows % together, columns, 0);
        }
    }

    /// <param name="step">How far the place in the plane moves.</param>
    private void Copy(int rows, int columns, int step)
    {
        // The M7 pairs a load with the store of an earlier pixel; the M4 wants loads and stores apart.
        Reg[] registers = [.. Enumerable.Range(2, core == Core.CortexM7 ? 6 : 10).Select(R)];
        var lag = core == Core.CortexM7 ? 3 : 0;
        var group = core == Core.CortexM7 ? 1 : registers.Length;
        var (count, loaded, start) = (rows * columns, 0, 0);
        for (var first = 0; first < count; first += group)
        {
            var last = Math.Min(first + group, count);
            for (; loaded < Math.Min(last + lag, count); loaded++)
            {
                if ((loaded - start) * shape.InChannels > LargestOffset)
                {
                    w.Add(From, From, (loaded - start) * shape.InChannels, registers[loaded % registers.Length]);
                    start = loaded;
                }

                Load(registers[loaded % registers.Length], (loaded - start) * shape.InChannels);
            }

            for (var pixel = first; pixel < last; pixel++)
            {
                w.Strh(registers[pixel % registers.Length], To, (pixel / columns * shape.RowBytes) + (pixel % columns * DepthwiseShape.SampleBytes));
            }
        }

        w.Add(From, From, (count - start) * shape.InChannels, R(2));
        w.Add(To, To, step, R(2));
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
