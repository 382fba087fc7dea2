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

    /// <summary>Bytes of arena, state and hot code.</summary>
    public int Ram => Plan.ArenaSize + Plan.RegionSizes.GetValueOrDefault(MemoryRegion.State) + HotBytes;

    /// <summary>Bytes of code that is copied to RAM when the image is opened, where that can be.</summary>
    public int HotBytes => Code?.HotBytes ?? 0;

    /// <summary>Every piece of code that could run from RAM.</summary>
    public IReadOnlyList<HotChoice> HotChoices { get; init; } = [];

    public static CoreProgram Portable(Graph graph) => Planned(Core.Portable, ScheduleBuilder.Build(graph), code: null);

    /// <summary>Null when there is nothing to generate for this model.</summary>
    public static CoreProgram? For(Core core, Graph graph, Goal goal = Goal.Balanced) => new KernelPlanner(graph, [core], goal).Programs()[0];

    /// <summary>Of each core, null when no step has code of its own.</summary>
    /// <param name="hotRam">Arena and state may have so many bytes together with code in RAM; 0: there is none.</param>
    public static IReadOnlyList<CoreProgram?> Of(IReadOnlyList<LayoutAssignment> assignments, long hotRam)
    {
        var built = assignments.Select(assignment => (Assignment: assignment, Built: assignment.Build())).ToArray();
        var shared = SharedRoutines.Of([.. built.Select(program => (program.Assignment.Core, Routines(program.Built.Schedule)))]);
        return [.. built.Select(program => Of(program.Assignment, program.Built.Schedule, program.Built.Origins, shared, hotRam))];
    }

    private static CoreProgram? Of(LayoutAssignment assignment, Schedule schedule, IReadOnlyDictionary<Node, Node> origins, SharedRoutines shared, long hotRam)
    {
        var routines = Routines(schedule);
        if (routines.Count == 0)
        {
            return null;
        }

        var cold = Planned(assignment.Core, schedule, null);
        var (code, choices) = HotChoice.Assemble(schedule, routines, assignment.Core, shared, hotRam - cold.Ram);
        return cold with
        {
            Code = code,
            HotChoices = choices,
            Choices = origins.ToDictionary(pair => pair.Key, pair => Choice.Of(assignment, pair.Value)),
        };
    }

    private static IReadOnlyList<Routine> Routines(Schedule schedule) => [.. schedule.Steps.Select(step => step.Call.Routine).OfType<Routine>()];

    private static CoreProgram Planned(Core core, Schedule schedule, CodeBlock? code) => new(core, schedule, ArenaPlanner.Plan(schedule), code);
}
