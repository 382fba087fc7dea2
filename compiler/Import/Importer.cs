// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Import;

/// <summary>
/// Makes the graph of a model's first subgraph: tensors become values, each operator is read by its op. The subgraphs of control flow become graphs
/// of their own, one for each call.
/// </summary>
internal sealed class Importer
{
    private readonly TfliteModel _model;
    private readonly TfliteSubgraph _subgraph;
    private readonly int _number;
    private readonly int _depth;
    private readonly CallBudget _calls;
    private readonly TensorValues _values;
    private readonly Variables _variables;
    private readonly List<Node> _nodes = [];

    private Importer(TfliteModel model, int subgraph, int depth, CallBudget calls)
    {
        _model = model;
        _subgraph = model.Subgraphs[subgraph];
        _number = subgraph;
        _depth = depth;
        _calls = calls;
        _values = new TensorValues(_subgraph.Tensors);
        _variables = new Variables(subgraph);
    }

    /// <param name="onRefusal">Given every refusal, the import goes on after it (the graph is then incomplete); null: the first one is thrown.</param>
    public static Graph Import(TfliteModel model, string name, Action<CompilerException>? onRefusal = null)
    {
        if (model.Subgraphs.Count == 0)
        {
            throw new CompilerException("the model has no subgraph");
        }

        var importer = new Importer(model, 0, depth: 0, new CallBudget());
        importer.ImportOperators(onRefusal);

        // With refusals the caller wants only those: an edge of the model may be what was refused.
        return onRefusal is not null
            ? new Graph(name, [], [], importer._nodes)
            : importer._variables.Build(
                name, [.. importer._subgraph.Inputs.Select(importer._values.Of)], [.. importer._subgraph.Outputs.Select(importer._values.Of)], importer._nodes);
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

    private void ImportOperators(Action<CompilerException>? onRefusal = null)
    {
        for (var i = 0; i < _subgraph.Operators.Count; i++)
        {
            try
            {
                ImportOperator(i);
            }
            catch (CompilerException refusal) when (onRefusal is not null)
            {
                onRefusal(refusal);
            }
        }
    }

    private void ImportOperator(int index)
    {
        var source = _subgraph.Operators[index];
        var origin = new Origin(index, source.DisplayName, source.Outputs.Count > 0 ? _subgraph.Tensors[source.Outputs[0]].Name : "") { Subgraph = _number };

        if (OpRegistry.Find(source) is not { } import)
        {
            throw origin.Refuse("the operator is not supported", $"{OpRegistry.Names.Count} operators, listed by \"tinyinfer ops\"");
        }

        var inputs = source.Inputs.Select(input => input < 0 ? null : _values.Of(input, origin));
        var outputs = source.Outputs.Select(output => _values.Of(output, origin));
        Value Shaped(int output, Shape shape) => _values.Shaped(source.Outputs[output], shape);
        import(new ImportContext(source, origin, [.. inputs], [.. outputs], Shaped, _nodes, _variables, callee => Called(callee, origin), (callee, operands) => Nested(callee, operands, origin)));
    }

    private (Variables Variables, IReadOnlyList<Node> Nodes) Called(int callee, Origin origin)
    {
        if (_depth > 0 || callee == 0)
        {
            throw origin.Refuse("a call in a subgraph that is called", "calls from the main graph to others");
        }

        var importer = Callee(callee, origin);
        importer.ImportOperators();
        return (importer._variables, importer._nodes);
    }

    private Subgraph Nested(int callee, IReadOnlyList<Value> operands, Origin origin)
    {
        var importer = Callee(callee, origin);
        Value[] inputs = [.. importer._subgraph.Inputs.Select(importer._values.Of)];
        if (inputs.Distinct().Count() < inputs.Length || inputs.Any(input => input.IsConstant))
        {
            throw origin.Refuse($"subgraph {callee} has an input that is a constant, or is another input too", "inputs that are values of their own");
        }

        foreach (var (inner, outer) in inputs.Zip(operands))
        {
            importer._variables.TakeHandle(inner, _variables, outer);
        }

        importer.ImportOperators();
        return new Subgraph(callee, importer._variables, inputs, [.. importer._subgraph.Outputs.Select(importer._values.Of)], importer._nodes);
    }

    private Importer Callee(int callee, Origin origin)
    {
        _calls.Take(origin, _depth);
        return new Importer(_model, callee, _depth + 1, _calls);
    }
}
