// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tests.Oracle;
using Xunit;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>Every line of every tests/ops/OP/cases.txt.</summary>
public sealed class OpCaseTests
{
    private const int FewestCases = 25;

    public static TheoryData<string, string> Cases => All(_ => true);

    public static TheoryData<string, string> OracleCases => All(item => item is { HasOracle: true, Refusal: null });

    public static TheoryData<string> Folders => [.. Names];

    private static string[] Names { get; } =
        [.. Directory.GetDirectories(Path.Combine(Checkout.Root, "tests", "ops")).Select(folder => Path.GetFileName(folder)!).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Kernels_equal_the_reference(string op, string text)
    {
        _ = op;
        OpCaseRunner.CheckReference(CaseText.Parse(text));
    }

    [OracleTheory]
    [MemberData(nameof(OracleCases))]
    public void Kernels_equal_TensorFlow_Lite(string op, string text)
    {
        _ = op;
        OpCaseRunner.CheckOracle(CaseText.Parse(text));
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_op_has_enough_cases(string op) =>
        Assert.InRange(CaseText.Read(PathOf(op)).Count(), FewestCases, int.MaxValue);

    private static TheoryData<string, string> All(Func<OpCase, bool> wanted)
    {
        var cases = new TheoryData<string, string>();
        foreach (var op in Names)
        {
            foreach (var item in CaseText.Read(PathOf(op)).Where(wanted))
            {
                cases.Add(op, item.Text);
            }
        }

        return cases;
    }

    private static string PathOf(string op) => Path.Combine(Checkout.Root, "tests", "ops", op, "cases.txt");
}
