// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Codegen;

/// <summary>One way in which a node could be computed, as the plan has judged it.</summary>
/// <param name="Way">Family and variant.</param>
/// <param name="Cycles">Predicted, in the layouts that suit it best.</param>
/// <param name="Flash">Constants besides those of the model.</param>
/// <param name="Standing">Chosen, or why not.</param>
internal sealed record Choice(string Way, long Cycles, long Flash, int Scratch, Standing Standing)
{
    /// <summary>Fastest first.</summary>
    public static IReadOnlyList<Choice> Of(LayoutAssignment assignment, Node node)
    {
        var (chosen, allowed) = (assignment.Chosen(node), assignment.Allowed(node));
        return
        [
            .. from candidate in assignment.Offered(node)
               group candidate by candidate.Way into way
               let best = way.Key == chosen.Way ? chosen : way.MinBy(candidate => candidate.Cycles)!
               orderby best.Cycles
               select new Choice(way.Key, best.Cycles, best.Flash, best.Scratch, way.Key == chosen.Way ? Standing.Chosen : !allowed.Any(candidate => candidate.Way == way.Key) ? assignment.Reason(node, way.Key) : Standing.Slower),
        ];
    }
}

/// <summary>Why a way was chosen or not.</summary>
internal enum Standing
{
    /// <summary>Fewest cycles of all that is allowed, with what its neighbours want.</summary>
    Chosen,

    /// <summary>More cycles than the chosen one, its own or those that its layouts cost its neighbours.</summary>
    Slower,

    /// <summary>Its scratch would exceed the RAM that is allowed.</summary>
    Ram,

    /// <summary>Its constants or its code would exceed the flash that is allowed.</summary>
    Flash,
}
