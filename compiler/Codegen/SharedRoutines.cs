// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen;

/// <summary>
/// Routines that the programs of all cores have. They are the end of the first core's code and the beginning of the next one's, so that an image, where
/// these lie behind each other, has them once. Routines with pieces that may run from RAM are left out: those depend on the program.
/// </summary>
internal sealed class SharedRoutines
{
    private readonly HashSet<string> _names;
    private readonly Core _first;

    private SharedRoutines(HashSet<string> names, Core first)
    {
        (_names, _first) = (names, first);
    }

    public static SharedRoutines None { get; } = new([], Core.Portable);

    /// <param name="programs">Each core with the routines that its steps enter.</param>
    public static SharedRoutines Of(IReadOnlyList<(Core Core, IReadOnlyList<Routine> Routines)> programs)
    {
        if (programs.Count < 2)
        {
            return None;
        }

        var sets = programs.Select(program => Routine.Closure(program.Routines).Where(routine => routine.HotParts.Count == 0).Select(routine => (routine.Name, routine.Text)).ToHashSet());
        var common = sets.Aggregate((all, next) => [.. all.Intersect(next)]);
        return new SharedRoutines([.. common.Select(routine => routine.Name)], programs[0].Core);
    }

    /// <summary>The routines of a program in the order in which they lie, and where a line must begin: before the first of those that are shared.</summary>
    public (IReadOnlyList<Routine> Order, Routine? Aligned) Arrange(IReadOnlyList<Routine> routines, Core core)
    {
        Routine[] shared = [.. routines.Where(routine => _names.Contains(routine.Name)).OrderBy(routine => routine.Name, StringComparer.Ordinal)];
        Routine[] own = [.. routines.Except(shared)];
        return (core == _first ? [.. own, .. shared] : [.. shared, .. own], shared.FirstOrDefault());
    }
}
