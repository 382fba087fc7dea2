// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;

namespace TinyInfer.Compiler.Verification;

/// <summary>Runs a compiled model on recorded inputs and compares every byte.</summary>
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

    private static CaseResult Compare(CompiledModel model, Case item, ReadOnlySpan<byte> got) =>
        new(item.Name, Difference.First(item.Name, model.Schedule.Graph.Outputs, item.Expected, got));

    private static byte[] Joined(IEnumerable<Case> cases) => [.. cases.SelectMany(item => item.Inputs)];
}

/// <param name="Difference">Null: exact.</param>
internal sealed record CaseResult(string Name, Difference? Difference);
