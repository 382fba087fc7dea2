// SPDX-License-Identifier: MIT
using System.Text;
using TinyInfer.Compiler.Ops.Control;

namespace TinyInfer.Compiler.Ir;

/// <summary>The text form used by <c>tinyinfer dump</c> and by every golden test of a pass.</summary>
internal static class GraphPrinter
{
    public static string Print(Graph graph)
    {
        var text = new StringBuilder();
        Print(text, graph);
        return text.ToString();
    }

    private static void Print(StringBuilder text, Graph graph)
    {

        foreach (var input in graph.Inputs)
        {
            text.Append($"input  {input} : {Typed(input)}\n");
        }

        foreach (var state in graph.States)
        {
            text.Append($"state  {state.Value} : {Typed(state.Value)} then {state.Next}\n");
        }

        foreach (var node in graph.Nodes)
        {
            var outputs = node.Outputs.Count > 0 ? $"{string.Join(", ", node.Outputs)} = " : "";
            var types = node.Outputs.Count > 0 ? $" : {string.Join(", ", node.Outputs.Select(Typed))}" : "";
            text.Append($"       {outputs}{node.Op}({string.Join(", ", node.Inputs)}){types}\n");
            foreach (var nested in node.Op is ControlOp control ? control.Graphs : [])
            {
                text.Append($"begin  {nested.Name}\n");
                Print(text, nested);
                text.Append("end\n");
            }
        }

        foreach (var output in graph.Outputs)
        {
            text.Append($"output {output}\n");
        }
    }

    private static string Typed(Value value) => $"{value.Type.ToString().ToLowerInvariant()}{value.Shape}";
}
