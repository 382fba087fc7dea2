// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Codegen;

/// <summary>A model for one core: its steps, its memory and its machine code.</summary>
/// <param name="Code">Null when the core is portable or no step has code of its own.</param>
internal sealed record CoreProgram(Core Core, Schedule Schedule, ArenaPlan Plan, CodeBlock? Code)
{
    public static CoreProgram Portable(Graph graph) => Planned(Core.Portable, ScheduleBuilder.Build(graph), code: null);

    /// <summary>Null when there is nothing to generate for this model.</summary>
    public static CoreProgram? For(Core core, Graph graph, Goal goal = Goal.Balanced)
    {
        var (relaid, lower) = LayoutAssignment.Of(graph, core, goal);
        var schedule = ScheduleBuilder.Build(relaid, lower);
        var routines = schedule.Steps.Select(step => step.Call.Routine).OfType<Routine>().ToArray();
        return routines.Length == 0 ? null : Planned(core, schedule, Assembler.Assemble(routines, core));
    }

    private static CoreProgram Planned(Core core, Schedule schedule, CodeBlock? code) => new(core, schedule, ArenaPlanner.Plan(schedule), code);
}
