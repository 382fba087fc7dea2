// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Column;
using TinyInfer.Compiler.Codegen.Convolution;
using TinyInfer.Compiler.Codegen.Depthwise;
using TinyInfer.Compiler.Codegen.Elementwise;
using TinyInfer.Compiler.Codegen.FullyConnected;
using TinyInfer.Compiler.Codegen.Pooling;
using TinyInfer.Compiler.Codegen.Recurrent;
using TinyInfer.Compiler.Codegen.Winograd;
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Codegen;

/// <summary>Every family of kernels. What none of them serves runs on the portable kernel.</summary>
internal static class Families
{
    private static readonly IFamily[] All =
    [
        new PortableFamily(),
        new ConvolutionFamily(),
        new WinogradFamily(),
        new DepthwiseFamily(),
        new ColumnFamily(),
        new LstmFamily(),
        new DenseFamily(),
        new AddFamily(),
        new LookUpFamily(),
        new PoolFamily(),
    ];

    public static IReadOnlyList<Candidate> Of(Node node, Core core) => [.. All.SelectMany(family => family.Match(node, core))];
}
