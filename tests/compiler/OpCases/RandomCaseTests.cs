// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>Shapes and attributes nobody thought of, against the naive references.</summary>
public sealed class RandomCaseTests
{
    private const int CasesOfEach = 40;

    [Fact]
    public void Fully_connected() => Check(RandomCases.FullyConnected);

    [Fact]
    public void Conv_2d() => Check(RandomCases.Conv2D);

    [Fact]
    public void Depthwise_conv_2d() => Check(RandomCases.DepthwiseConv2D);

    [Fact]
    public void Pools() => Check(RandomCases.Pool);

    [Fact]
    public void Softmax() => Check(RandomCases.Softmax);

    [Fact]
    public void Reductions() => Check(RandomCases.Reduce);

    [Fact]
    public void Binary_convolutions() => Check(RandomCases.BinaryConvolution);

    [Fact]
    public void Lstms() => Check(RandomLstmCases.All);

    private static void Check(Gen<string> lines) =>
        Prop.ForAll(lines.ToArbitrary(), line => OpCaseRunner.CheckReference(CaseText.Parse(line)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(CasesOfEach));
}
