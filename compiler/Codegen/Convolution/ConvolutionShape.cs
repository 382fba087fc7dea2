// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;

namespace TinyInfer.Compiler.Codegen.Convolution;

/// <summary>
/// A convolution as its routine sees it. One output reads <see cref="Runs"/> runs of <see cref="RunBytes"/> contiguous bytes, a run a
/// row of the filter. Rows of output pixels are computed in pairs of pixels; a last odd pixel is computed again together with its
/// neighbour, and the last channels in a block that overlaps the one before.
/// </summary>
/// <param name="RunStep">Bytes from one run to the next.</param>
/// <param name="Pixels">In a row of outputs.</param>
/// <param name="PixelStep">Bytes of input from one pixel to the next.</param>
/// <param name="Rows">Rows of outputs in a strip; the last one may have fewer.</param>
/// <param name="RowStep">Bytes of input from one row of outputs to the next.</param>
/// <param name="OutPixelStep">Bytes of output from one pixel to the next: rows may be columns of the image.</param>
/// <param name="OutRowStep">Bytes of output from one row to the next.</param>
/// <param name="AllRows">Rows of outputs in all.</param>
/// <param name="FlipsInput">True when words of the input are row-major int8, to be made <see cref="Ir.Layout.Msi"/> after each load.</param>
/// <param name="UnsignedOutput">True when the output is stored as <see cref="Ir.Layout.Msi"/>.</param>
/// <param name="Strip">How the input is copied with its padding, or null when it is read in place.</param>
/// <param name="Windows">How pixels are gathered from the copy, or null.</param>
/// <param name="Expands">True when weights are expanded on the device, a block at a time, false when the compiler has done it.</param>
internal sealed record ConvolutionShape(
    int Runs, int RunBytes, int RunStep, int Pixels, int PixelStep, int Rows, int RowStep, int AllRows,
    int OutDepth, int OutPixelStep, int OutRowStep, bool FlipsInput, bool UnsignedOutput, Strip? Strip, Windows? Windows, OutputStage Output, bool Expands = true)
{
    public const int BlockChannels = 4;

    /// <summary>Runs after which sums are limited, see <see cref="LargeSums"/>; 0: never.</summary>
    public int LimitedAfter { get; init; }

    /// <summary>Bytes of a plane where the output is <see cref="Ir.Layout.Planar"/>; 0: it is not.</summary>
    public int OutPlane { get; init; }

    /// <summary>Bytes of output from one channel to the next.</summary>
    public int ChannelStep => Math.Max(1, OutPlane);

    /// <summary>Bytes of output that a pixel has where its first channel is.</summary>
    public int PixelBytes => OutPlane > 0 ? 1 : OutDepth;

    /// <summary>Words of a run: four inputs each. The last one ends with the run and may overlap the one before it.</summary>
    public int Groups => (RunBytes + 3) / 4;

    /// <summary>The bytes of the last group that the one before it has too.</summary>
    public int Overlap => (4 * Groups) - RunBytes;

    public int KernelBytes => Runs * RunBytes;

    /// <summary>Expanded weights of four channels, 32 bytes a group.</summary>
    public int BlockBytes => Runs * Groups * 32;

    public int Blocks => (OutDepth + BlockChannels - 1) / BlockChannels;

    /// <summary>Channels that the last block has in common with the one before it.</summary>
    public int BlockOverlap => Math.Max(0, (BlockChannels * Blocks) - Math.Max(OutDepth, BlockChannels));

    /// <summary>Channels of a block that are stored: less than all only when there are not four.</summary>
    public int Stored => Math.Min(OutDepth, BlockChannels);

    public int Strips => (AllRows + Rows - 1) / Rows;

    /// <summary>Rows of outputs in the last strip.</summary>
    public int LastRows => AllRows - ((Strips - 1) * Rows);

    public int Scratch => (Expands ? BlockBytes : 0) + (Strip?.Bytes ?? 0) + (Windows is null ? 0 : Rows * RowStep);

    /// <summary>From the weights of one block to those of the next.</summary>
    public int WeightStep => Expands ? BlockChannels * KernelBytes : BlockBytes;

    /// <summary>From where they would be to the weights of the last block.</summary>
    public int LastWeightsBack => Expands ? BlockOverlap * KernelBytes : 0;

    public int GroupOffset(int group) => group == Groups - 1 ? RunBytes - 4 : 4 * group;

    /// <summary>Everything that the code depends on.</summary>
    public string Name =>
        $"convolution_{Runs}x{RunBytes}_{RunStep}_{Pixels}x{PixelStep}_{Rows}x{RowStep}_{AllRows}_{OutDepth}_{OutPixelStep}x{OutRowStep}"
        + $"_{(Expands ? "" : "o")}{(FlipsInput ? "f" : "")}{(UnsignedOutput ? "u" : "")}{Strip?.Name}{Windows?.Name}{(LimitedAfter > 0 ? $"_b{LimitedAfter}" : "")}{(OutPlane > 0 ? $"_p{OutPlane}" : "")}{OutputName}";

    private string OutputName =>
        $"_{(Output.SharedShift is { } shift ? $"r{shift}z{Output.Channels[0].Offset}" : "c")}{(Output.HasSignFix ? "n" : "")}{(Output.IsClamped ? $"l{Output.Min + 128}h{Output.Max + 128}" : "")}".Replace('-', 'm');
}

/// <summary>Rows of the input with their padding, copied into scratch.</summary>
/// <param name="Rows">Copied rows, padding included.</param>
/// <param name="First">Row of the input that is the first row of the first strip: negative when that is padding.</param>
/// <param name="Step">Rows of the input from one strip to the next.</param>
/// <param name="ImageRows">Rows that the input has.</param>
/// <param name="ImageRowBytes">Bytes of a row of the input.</param>
/// <param name="Left">Bytes of padding in front of each row.</param>
/// <param name="Copied">Bytes of each row that are copied.</param>
/// <param name="Right">Bytes of padding behind each row.</param>
/// <param name="Flip">What changes copied words by EOR: <see cref="MixedSigns.EvenTops"/>, where the copy starts at an even byte, makes <see cref="Ir.Layout.Msi"/> of row-major int8.</param>
/// <param name="Padding">Four bytes of padding, as stored in scratch.</param>
/// <param name="Widens">True when pixels of three bytes become words of four, the last of which meets zero weights.</param>
internal sealed record Strip(
    int Rows, int First, int Step, int ImageRows, int ImageRowBytes, int Left, int Copied, int Right, uint Flip, uint Padding, bool Widens)
{
    /// <summary>Rows as they are in the input, with its zero point around them.</summary>
    /// <param name="depth">Bytes of a pixel.</param>
    /// <param name="rowBytes">Of a row with its padding; what windows do not reach is not copied.</param>
    public static Strip Of(PortableCall call, int rows, int step, int depth, int rowBytes)
    {
        var left = Math.Min(call["columns.pad"] * depth, rowBytes);
        var copied = Math.Min(call["columns.in"] * depth, rowBytes - left);
        return new Strip(
            rows, -call["rows.pad"], step, call["rows.in"], call["columns.in"] * depth, left, copied, rowBytes - left - copied,
            Flip: 0, (uint)(byte)call["input_zero_point"] * 0x01010101, Widens: false);
    }

    public int RowBytes => Left + Copied + Right;

    public int Bytes => Rows * RowBytes;

    /// <summary>True when the padding behind a row starts with the second byte of <see cref="Padding"/>.</summary>
    public bool TurnsPadding => ((Left + Copied) & 1) != 0 && (byte)Padding != (byte)(Padding >> 8);

    /// <summary>Every piece starts and ends at a word.</summary>
    public bool IsAligned => ((Left | Copied | Right | ImageRowBytes) & 3) == 0;

    public string Name => $"_s{Rows}_{-First}_{Step}_{ImageRows}x{ImageRowBytes}_{Left}_{Copied}_{Right}_{Flip:x}{(Widens ? "w" : "")}_{Padding:x}";
}
