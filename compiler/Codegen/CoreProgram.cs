// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Codegen;

/// <summary>A model for one core: its steps, its memory and its machine code.</summary>
/// <param name="Code">Null when the core is portable or no step has code of its own.</param>
internal sealed record CoreProgram(Core Core, Schedule Schedule, ArenaPlan Plan, CodeBlock? Code)
{
    /// <summary>For each node of the schedule, what could have computed it.</summary>
    public IReadOnlyDictionary<Node, IReadOnlyList<Choice>> Choices { get; init; } = new Dictionary<Node, IReadOnlyList<Choice>>();

    /// <summary>Bytes of arena and state.</summary>
    public int Ram => Plan.ArenaSize + Plan.RegionSizes.GetValueOrDefault(MemoryRegion.State);

    public static CoreProgram Portable(Graph graph) => Planned(Core.Portable, ScheduleBuilder.Build(graph), code: null);

    /// <summary>Null when there is nothing to generate for this model.</summary>
    public static CoreProgram? For(Core core, Graph graph, Goal goal = Goal.Balanced) => new KernelPlanner(graph, [core], goal).Programs()[0];

    /// <summary>Null when no step has code of its own.</summary>
    public static CoreProgram? Of(LayoutAssignment assignment)
    {
        var (schedule, origins) = assignment.Build();
        var routines = schedule.Steps.Select(step => step.Call.Routine).OfType<Routine>().ToArray();
        return routines.Length == 0 ? null : Planned(assignment.Core, schedule, Assembler.Assemble(routines, assignment.Core)) with
        {
            Choices = origins.ToDictionary(pair => pair.Key, pair => Choice.Of(assignment, pair.Value)),
        };
    }

    private static CoreProgram Planned(Core core, Schedule schedule, CodeBlock? code) => new(core, schedule, ArenaPlanner.Plan(schedule), code);
}
