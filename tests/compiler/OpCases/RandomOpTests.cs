// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tests.Oracle;
using TinyInfer.Compiler.Tests.Targets;
using Xunit;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>Operators of every kind in shapes and quantizations nobody thought of: the portable kernels against the naive references and TensorFlow Lite.</summary>
public sealed class RandomOpTests
{
    private const int Many = 40;

    public static TheoryData<string> Names => [.. RandomOps.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Kernels_are_exact(string name) => Each(name, few: 2, OpCaseRunner.CheckReference);

    [OracleTheory]
    [MemberData(nameof(Names))]
    public void So_they_are_for_TensorFlow_Lite(string name) => Each(name, few: 1, item =>
    {
        if (item.HasOracle)
        {
            OpCaseRunner.CheckOracle(item);
        }
    });

    private static void Each(string name, int few, Action<OpCase> check)
    {
        for (var seed = 0; seed < (Toolchain.IsFull ? Many : few); seed++)
        {
            var line = RandomOps.All[name](new OpDraw((seed * 100) + name.Length));
            try
            {
                check(CaseText.Parse(line));
            }
            catch (Exception failure)
            {
                Assert.Fail($"{line}\n{failure.GetType().Name}: {failure.Message}");
            }
        }
    }
}
