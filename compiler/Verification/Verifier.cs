// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Verification;

/// <summary>Runs a compiled model on recorded inputs and compares every byte, but for what <see cref="FloatTolerance"/> allows.</summary>
internal static class Verifier
{
    /// <summary>The first difference of each case, null where there is none, in the order of the cases.</summary>
    public static IReadOnlyList<CaseResult> Verify(CompiledModel model, IReadOnlyList<Case> cases, ITarget target)
    {
        var results = new Dictionary<Case, CaseResult>();

        var single = cases.Where(item => !item.Sequence).ToArray();
        if (single.Length > 0)
        {
            var got = target.Run(new TargetRun(model.Image, Joined(single), single.Length));
            var size = Case.Sizes(model).Outputs;
            foreach (var (index, item) in single.Index())
            {
                results[item] = Compare(model, item, got.AsSpan(Math.Min(index * size, got.Length)..Math.Min((index + 1) * size, got.Length)));
            }
        }

        foreach (var item in cases.Where(item => item.Sequence))
        {
            var invocations = item.Inputs.Length / Math.Max(1, Case.Sizes(model).Inputs);
            results[item] = Compare(model, item, target.Run(new TargetRun(model.Image, item.Inputs, invocations, KeepState: true)));
        }

        return [.. cases.Select(item => results[item])];
    }

    private static CaseResult Compare(CompiledModel model, Case item, ReadOnlySpan<byte> got)
    {
        var difference = Difference.First(item.Name, model.Schedule.Graph.Outputs, item.Expected, got);
        return difference is not null && FloatTolerance.Error(model, item.Expected, got) is { } error
            ? new CaseResult(item.Name, null, error)
            : new CaseResult(item.Name, difference, 0);
    }

    private static byte[] Joined(IEnumerable<Case> cases) => [.. cases.SelectMany(item => item.Inputs)];
}

/// <param name="Difference">Null: exact, or close.</param>
/// <param name="Error">More than 0: floats differ by as much, which <see cref="FloatTolerance"/> allows.</param>
internal sealed record CaseResult(string Name, Difference? Difference, float Error)
{
    /// <summary>What is said of results of which some are close, or null when all that do not differ are exact.</summary>
    public static string? Closeness(IReadOnlyList<CaseResult> results) => results.Max(result => result.Error) is > 0 and var error
        ? FormattableString.Invariant($"not byte for byte: exp, tanh and the like of floats, outputs within {error:G2} (allowed: {FloatTolerance.Most:G2})")
        : null;
}
