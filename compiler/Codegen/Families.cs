// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Binary;
using TinyInfer.Compiler.Codegen.Column;
using TinyInfer.Compiler.Codegen.Convolution;
using TinyInfer.Compiler.Codegen.Depthwise;
using TinyInfer.Compiler.Codegen.Elementwise;
using TinyInfer.Compiler.Codegen.FullyConnected;
using TinyInfer.Compiler.Codegen.Fusion;
using TinyInfer.Compiler.Codegen.Movement;
using TinyInfer.Compiler.Codegen.Patch;
using TinyInfer.Compiler.Codegen.Pooling;
using TinyInfer.Compiler.Codegen.Recurrent;
using TinyInfer.Compiler.Codegen.Softmax;
using TinyInfer.Compiler.Codegen.Winograd;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Codegen;

/// <summary>Every family of kernels. What none of them serves runs on the portable kernel.</summary>
internal static class Families
{
    private static readonly IFamily[] OfFused = [new FusedFamily()];

    private static readonly IFamily[] OfInt8 =
    [
        new ConvolutionFamily(),
        new WinogradFamily(),
        new DepthwiseFamily(),
        new ColumnFamily(),
        new LstmFamily(),
        new SvdfFamily(),
        new DenseFamily(),
        new StreamedFamily(),
        new SparseFamily(),
        new AddFamily(),
        new PoolFamily(),
    ];

    /// <summary>Those that look at types themselves.</summary>
    private static readonly IFamily[] OfAnyType =
    [
        new PortableFamily(),
        new PatchFamily(),
        new BinaryFamily(),
        new CopyFamily(),
        new PadFamily(),
        new RowFamily(),
        new BroadcastFamily(),
        new RescaleFamily(),
        new FromFloatFamily(),
        new LookUpFamily(),
        new SoftmaxFamily(),
    ];

    public static IReadOnlyList<IFamily> All => [.. OfAnyType, .. OfInt8];

    public static IReadOnlyList<Candidate> Of(Node node, Core core, Graph graph) =>
        [.. (node.Op is Fused ? OfFused : OfAnyType.Concat(IsS8(node) ? OfInt8 : [])).SelectMany(family => family.Match(node, core, graph)).Select(candidate => candidate.InLoopOf(node.Turns))];

    private static bool IsS8(Node node) =>
        node.Inputs.Count > 0 && node.Outputs.Count > 0 && node.Input.Type == ElementType.S8 && node.Output.Type == ElementType.S8;
}
