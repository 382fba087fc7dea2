// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Passes;

/// <summary>Every rewrite the compiler performs, in the order it performs them.</summary>
internal static class Pipeline
{
    /// <summary>
    /// What is done before the limits of ops are checked: uint8 becomes int8, shape arithmetic in types no kernel has disappears.
    /// </summary>
    public static IReadOnlyList<IPass> Cleaning { get; } =
    [
        new UnsignedToSigned(), // first: folding needs types that ops know
        new FoldConstants(),
        new KeepList(),
        new HandIn(), // before RemoveDeadNodes: it leaves what computed the values that no graph uses
        new RemoveDeadNodes(), // after FoldConstants: drops what only its chains have read
    ];

    /// <summary>Loops whose number of turns is known: from here on it is known how often each node runs.</summary>
    public static IReadOnlyList<IPass> Looping { get; } =
    [
        new CountTurns(),
        new RollUp(),
    ];

    public static IReadOnlyList<IPass> Rewriting { get; } =
    [
        new ProductsBeforeLoops(),
        new KeepLastStep(),
        new RemoveIdentities(), // first of those that look at direct neighbours
        new FuseDilation(),     // before FusePad: both give a convolution its border, and a dilated one has one from its own padding
        new FusePad(),
        new FuseActivation(),   // before FuseTables: a clamp costs nothing in a convolution
        new FuseTables(),
        new KeepWindow(),
        new EliminateChannels(), // after them: fused activations and borders make channels constant
        new WindowToDense(),    // last of those that rewrite nodes: to all others a convolution is one
        new FreeEarly(),
    ];

    /// <summary>Leaves a graph whose every node is within the limits of its op.</summary>
    /// <param name="check">Sees every node that is left; by default it throws the first refusal of an op.</param>
    public static void Clean(Graph graph, Action<IPass, Graph>? afterEach = null, Action<Node>? check = null)
    {
        foreach (var nested in graph.WithNested)
        {
            GraphVerifier.VerifyStructure(nested);
        }

        Run(graph, Cleaning, GraphVerifier.VerifyStructure, afterEach);
        foreach (var node in graph.WithNested.SelectMany(nested => nested.Nodes))
        {
            (check ?? (checkedNode => checkedNode.Op.Check(checkedNode)))(node);
        }
    }

    public static void FindLoops(Graph graph, Action<IPass, Graph>? afterEach = null) =>
        Run(graph, Looping, GraphVerifier.Verify, afterEach);

    /// <param name="afterEach">Sees the graph after each pass; the goldens use it.</param>
    public static void Rewrite(Graph graph, Action<IPass, Graph>? afterEach = null) =>
        Run(graph, Rewriting, GraphVerifier.Verify, afterEach);

    private static void Run(Graph graph, IReadOnlyList<IPass> passes, Action<Graph> verify, Action<IPass, Graph>? afterEach)
    {
        foreach (var pass in passes)
        {
            Run(graph, pass, verify);
            afterEach?.Invoke(pass, graph);
        }
    }

    // Outer graphs first: a pass may give the inner ones what they lack.
    private static void Run(Graph graph, IPass pass, Action<Graph> verify)
    {
        pass.Run(graph);
        verify(graph);
        foreach (var nested in graph.Nodes.Select(node => node.Op).OfType<ControlOp>().SelectMany(op => op.Graphs))
        {
            Run(nested, pass, verify);
        }
    }
}

/// <summary>One rewrite: guards, the new node, one Replace. Its doc comment shows the graph before and after.</summary>
internal interface IPass
{
    void Run(Graph graph);
}
