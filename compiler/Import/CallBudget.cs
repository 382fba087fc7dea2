// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Import;

/// <summary>How often subgraphs may call each other: a damaged file could make calls endless, or double them at every level.</summary>
internal sealed class CallBudget
{
    private const int Deepest = 8;
    private const int Most = 256;
    private int _taken;

    /// <param name="depth">0 in the main graph.</param>
    public void Take(Origin origin, int depth)
    {
        if (depth >= Deepest || ++_taken > Most)
        {
            throw origin.Refuse(
                depth >= Deepest ? $"subgraphs that call each other {depth + 1} deep" : $"more than {Most} calls of subgraphs",
                $"{Deepest} deep, {Most} calls");
        }
    }
}
