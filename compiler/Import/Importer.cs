// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
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
        var values = new TensorValues(subgraph.Tensors);
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

        // With refusals the caller wants only those: an edge of the model may be what was refused.
        return onRefusal is not null
            ? new Graph(name, [], [], nodes)
            : new Graph(name, [.. subgraph.Inputs.Select(values.Of)], [.. subgraph.Outputs.Select(values.Of)], nodes);
    }

    /// <summary>Every reason why the model cannot run, a sentence each; none for a model that can.</summary>
    public static IReadOnlyList<string> Problems(ReadOnlyMemory<byte> file)
    {
        var problems = new List<string>();
        var model = TfliteReader.Read(file);
        var graph = Import(model, "model", refusal => problems.Add(refusal.Message));

        if (problems.Count == 0)
        {
            graph = Import(model, "model");
            Pipeline.Clean(graph, check: node => Collect(problems, node));
        }

        return problems;
    }

    private static void Collect(List<string> problems, Node node)
    {
        try
        {
            node.Op.Check(node);
        }
        catch (CompilerException refusal)
        {
            problems.Add(refusal.Message);
        }
    }

    private static void ImportOperator(TfliteSubgraph subgraph, int index, TensorValues values, List<Node> nodes)
    {
        var source = subgraph.Operators[index];
        var origin = new Origin(index, source.DisplayName, source.Outputs.Count > 0 ? subgraph.Tensors[source.Outputs[0]].Name : "");

        if (source.CustomName is not null || !OpRegistry.Importers.TryGetValue(source.Code, out var import))
        {
            throw origin.Refuse("the operator is not supported", $"{OpRegistry.Importers.Count} operators, listed by \"tinyinfer ops\"");
        }

        var inputs = source.Inputs.Select(input => input < 0 ? null : values.Of(input, origin));
        var outputs = source.Outputs.Select(output => values.Of(output, origin));
        import(new ImportContext(source, origin, [.. inputs], [.. outputs], nodes));
    }
}
