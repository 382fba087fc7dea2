// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Codegen.Patch;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Recurrent;

/// <summary>SVDF of one batch, whose time steps fill whole words.</summary>
internal sealed class SvdfFamily : IFamily
{
    private const int MostWords = 32;

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not Svdf || (PortableCall.Of(node, "svdf_s8") ?? PortableCall.Of(node, "svdf_s16")) is not { } call
            || call.Constant<sbyte>(1) is not { } features || call.Constant<int>(2) is not { } bias)
        {
            return [];
        }

        var element = node.Inputs[2].Type.Size();
        var (size, toState, toOutput) = (call["layer.in_size"], Scale(call, "layer.feature_"), Scale(call, "layer."));
        var memoryBytes = call["layer.memory"] * element;
        var fits = bias.Select((b, f) => AccumulatorRange.Of(features.AsSpan(f * size, size), b)).All(range => range.FitsWord);
        if (call["layer.batch"] != 1 || memoryBytes % 4 != 0 || memoryBytes > 4 * MostWords || !fits)
        {
            return [];
        }

        var single = new PatchAxis(1, 1, 1, 1, 1, 0);
        var limit = element == 1 ? sbyte.MaxValue : short.MaxValue;
        var products = new PatchShape(1, single, single, size, size, bias.Length, 0, element == 1 ? PatchOutputKind.S8 : PatchOutputKind.S8ToS16, 0, -1 - limit, limit) { Left = PatchOutput.LeftOf([toState]) };
        var shape = new SvdfShape(products, call["layer.units"], call["layer.rank"], call["layer.memory"], call["layer.state_zero_point"], call["layer.zero_point"], -toOutput.Shift);
        return
        [
            new Candidate(
                "svdf", [.. node.Inputs.Select(_ => Layout.RowMajor)], [.. node.Outputs.Select(_ => Layout.RowMajor)], shape.Cycles(core), relaid => [Call(relaid, shape, bias, toState, toOutput)])
            {
                Scratch = shape.Scratch,
            },
        ];
    }

    private static KernelCall Call(Node node, SvdfShape shape, int[] bias, Requantization toState, Requantization toOutput)
    {
        var portable = node.PortableCalls[0];
        Requantization[] scales = [.. bias.Select(_ => toState)];
        var table = Enumerable.Range(0, shape.Products.Blocks).SelectMany(block => PatchOutput.TableOf(shape.Products, bias, scales, shape.Products.FirstRow(block)));
        return new KernelCall(
            "svdf",
            [("multiplier", toOutput.Multiplier)],
            [portable.Inputs[0], portable.Inputs[1], ConstantOperand.Of("table", table.ToArray()), .. portable.Inputs.Skip(3)],
            portable.Outputs,
            shape.Scratch)
        {
            Routine = SvdfRoutine.Of(shape),
            Remark = "requantized by the reference's steps; sums proved to fit 32 bits",
        };
    }

    private static Requantization Scale(PortableCall call, string prefix) => new(call[$"{prefix}multiplier"], call[$"{prefix}shift"]);
}

/// <summary>An SVDF as its routine sees it.</summary>
/// <param name="Products">Of features with the input: one for each filter.</param>
/// <param name="Rank">Filters of a unit.</param>
/// <param name="Memory">Time steps.</param>
/// <param name="Right">Halvings of the output's scale; below 0: doublings before it.</param>
internal sealed record SvdfShape(PatchShape Products, int Units, int Rank, int Memory, int StateZeroPoint, int ZeroPoint, int Right)
{
    /// <summary>Bytes of an element of the state.</summary>
    public int Element => Products.OutElement;

    public int Words => Memory * Element / 4;

    public int Scratch => Products.Scratch + ((Products.OutDepth * Element) + 3) / 4 * 4;

    public string Name => $"svdf_{Units}x{Rank}x{Memory}_s{StateZeroPoint}z{ZeroPoint}r{Right}_{Products.Name}".Replace('-', 'm');

    public long Cycles(Core core) => Products.Cycles(core) + (((Units * ((Rank * ((Words * (Element == 1 ? 13 : 8)) + 8L)) + 22)) + 120) * (core == Core.CortexM7 ? 2 : 3) / 3);
}
