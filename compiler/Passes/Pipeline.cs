// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;

namespace TinyInfer.Compiler.Passes;

/// <summary>Every rewrite the compiler performs, in the order it performs them.</summary>
internal static class Pipeline
{
    public static IReadOnlyList<IPass> Passes { get; } =
    [
        new FoldConstants(),
        new RemoveUnused(),
    ];

    /// <param name="afterEach">Sees the graph after each pass; <c>dump --after PASS</c> and the goldens use it.</param>
    public static void Run(Graph graph, Action<IPass, Graph>? afterEach = null)
    {
        foreach (var pass in Passes)
        {
            pass.Run(graph);
            GraphVerifier.Verify(graph);
            afterEach?.Invoke(pass, graph);
        }
    }
}

/// <summary>One rewrite: guards, the new node, one Replace. Its doc comment shows the graph before and after.</summary>
internal interface IPass
{
    void Run(Graph graph);
}
