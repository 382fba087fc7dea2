// SPDX-License-Identifier: MIT
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Depthwise;

/// <summary>
/// The instructions of a block in an order that is right, from which each core's is made. The M4 takes them as they are, the sums' starts first. The M7 issues a
/// load or a start beside a multiplication: loads go as far up as their register is free, and each sum starts shortly before its first use.
/// </summary>
internal sealed class Steps(Core core)
{
    private const int Ahead = 2;
    private readonly List<Step> _steps = [];

    public void Add(Action emit, Reg to, params Reg[] from) => _steps.Add(new Step(emit, to, from, Sum: null));

    public void Load(Action emit, Reg to) => _steps.Add(new Step(emit, to, [], Sum: null) { IsLoad = true });

    public void Multiply(Action emit, Reg sum, Reg from) => _steps.Add(new Step(emit, null, [from], sum));

    public void Emit(ThumbWriter w, IReadOnlyList<Reg> sums, Action<Reg> start)
    {
        if (core != Core.CortexM7)
        {
            foreach (var sum in sums)
            {
                start(sum);
            }

            Run(_steps);
            return;
        }

        Run(Started(Hoisted(), start));
    }

    private static void Run(IEnumerable<Step> steps)
    {
        foreach (var step in steps)
        {
            step.Emit();
        }
    }

    private List<Step> Hoisted()
    {
        var order = new List<Step>();
        foreach (var step in _steps)
        {
            var at = order.Count;
            while (step.IsLoad && at > 0 && !order[at - 1].Uses(step.To!.Value) && !order[at - 1].IsLoad)
            {
                at--;
            }

            order.Insert(at, step);
        }

        return order;
    }

    private static List<Step> Started(List<Step> steps, Action<Reg> start)
    {
        var order = new List<Step>(steps);
        foreach (var sum in steps.Select(step => step.Sum).OfType<Reg>().Distinct())
        {
            var first = order.FindIndex(step => step.Sum == sum);
            order.Insert(Math.Max(0, first - Ahead), new Step(() => start(sum), null, [], Sum: null));
        }

        return order;
    }

    private sealed record Step(Action Emit, Reg? To, Reg[] From, Reg? Sum)
    {
        public bool IsLoad { get; init; }

        public bool Uses(Reg register) => To == register || From.Contains(register);
    }
}
