// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Import;

/// <summary>Makes the graph of a model's first subgraph: tensors become values, each operator is read by its op.</summary>
internal static class Importer
{
    /// <param name="onRefusal">Given every refusal, the import goes on after it (the graph is then incomplete); null: the first one is thrown.</param>
    public static Graph Import(TfliteModel model, string name, Action<CompilerException>? onRefusal = null)
    {
        if (model.Subgraphs.Count == 0)
        {
            throw new CompilerException("the model has no subgraph");
        }

        var subgraph = model.Subgraphs[0];
        var values = subgraph.Tensors.Select(TensorImport.ToValue).ToArray();
        var nodes = new List<Node>();

        for (var i = 0; i < subgraph.Operators.Count; i++)
        {
            try
            {
                ImportOperator(subgraph, i, values, nodes);
            }
            catch (CompilerException refusal) when (onRefusal is not null)
            {
                onRefusal(refusal);
            }
        }

        return new Graph(name, [.. subgraph.Inputs.Select(i => values[i])], [.. subgraph.Outputs.Select(i => values[i])], nodes);
    }

    private static void ImportOperator(TfliteSubgraph subgraph, int index, Value[] values, List<Node> nodes)
    {
        var source = subgraph.Operators[index];
        var outputs = source.Outputs.Select(output => values[output]).ToArray();
        var origin = new Origin(index, source.DisplayName, outputs.Length > 0 ? outputs[0].Name : "");

        if (source.CustomName is not null || !OpRegistry.Importers.TryGetValue(source.Code, out var import))
        {
            throw origin.Refuse("the operator is not supported", "see docs/SUPPORTED_OPS.md");
        }

        import(new ImportContext(source, origin, [.. source.Inputs.Select(input => input < 0 ? null : values[input])], outputs, nodes));
    }
}
