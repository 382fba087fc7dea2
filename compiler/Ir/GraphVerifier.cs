// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Ir;

/// <summary>What holds between passes.</summary>
internal static class GraphVerifier
{
    /// <summary>Every value is written once, before it is read; constants have the bytes their shape says.</summary>
    public static void VerifyStructure(Graph graph)
    {
        var written = new HashSet<Value>(graph.Inputs.Concat(graph.States.Select(state => state.Value)));
        var states = graph.States.ToDictionary(state => state.Next, state => state.Value);

        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs.Where(input => !input.IsConstant && !written.Contains(input)))
            {
                throw new CompilerException($"{node.Origin}: reads tensor {Quoted.Name(input.Name)} before anything writes it");
            }

            foreach (var constant in node.Inputs.Where(input => input.IsConstant && input.Constant!.Value.Length != input.ByteSize))
            {
                throw new CompilerException(
                    $"{node.Origin}: constant {Quoted.Name(constant.Name)} has {constant.Constant!.Value.Length} bytes, its shape {constant.Shape} needs {constant.ByteSize}");
            }

            foreach (var output in node.Outputs.Where(output => output.IsConstant || !written.Add(output)))
            {
                throw new CompilerException($"{node.Origin}: tensor {Quoted.Name(output.Name)} is written twice");
            }

            // A new value takes the place of the old one, which no later node may read.
            written.ExceptWith(node.Outputs.Where(states.ContainsKey).Select(next => states[next]));
        }

        foreach (var output in graph.Outputs.Where(output => !output.IsConstant && !written.Contains(output)))
        {
            throw new CompilerException($"model output {Quoted.Name(output.Name)} is never written");
        }

        foreach (var state in graph.States.Where(state => !written.Contains(state.Next) || state.Next.ByteSize != state.Value.ByteSize || state.Initial.Length != state.Value.ByteSize))
        {
            throw new CompilerException($"state {Quoted.Name(state.Value.Name)} of {state.Value.ByteSize} bytes has no value of its size after an invocation, or before the first");
        }
    }

    /// <summary>The structure, and every node is within the limits of its op.</summary>
    public static void Verify(Graph graph)
    {
        VerifyStructure(graph);
        foreach (var node in graph.Nodes)
        {
            node.Op.Check(node);
        }
    }
}
