// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Passes;

namespace TinyInfer.Compiler.Import;

/// <summary>
/// The resource variables of a subgraph. Operators run in the order of the file, so that at any time a variable stands for the
/// value it had at the start or the one assigned last; when all operators are imported, what was read and assigned is a state.
/// </summary>
internal sealed partial class Variables(int subgraph)
{
    // A shape is only a claim of the file, and the initial contents are allocated by it.
    private const int MostBytes = 4 << 20;

    private readonly Dictionary<Value, Variable> _handles = [];
    private readonly Dictionary<(string Container, string Name), Variable> _variables = [];
    private int _tensors;

    public void Declare(Value handle, string container, string name) => _handles[handle] = Of((container, name), name);

    /// <summary>What the variable holds here; <paramref name="output"/> says its type and shape.</summary>
    public Value Read(Origin origin, Value handle, Value output)
    {
        var variable = Of(origin, handle);
        variable.Start ??= output.Like(variable.Name);
        return variable.Assigned?.Value ?? variable.Start;
    }

    /// <summary>What a variable tensor holds here: a tensor that the file itself marks as kept.</summary>
    public Value Read(Value tensor)
    {
        if (!_handles.TryGetValue(tensor, out var variable))
        {
            // No name of the file has a 0; a subgraph that runs in two places keeps its tensors once.
            _handles[tensor] = variable = Of(($"\0{subgraph}", $"{_tensors++}"), tensor.Name);
            variable.Start = tensor;
            variable.ZeroPoint = ZeroPointOf(tensor);
        }

        return variable.Assigned?.Value ?? tensor;
    }

    public void Assign(Origin origin, Value handle, Value value)
    {
        var variable = Of(origin, handle);
        variable.ZeroPoint ??= ZeroPointOf(value);
        variable.Assigned = (value, new Origin(origin.Index, origin.Code, variable.Name));
    }

    /// <summary>Takes what a subgraph that runs once assigns: constants, after folding.</summary>
    public void Initialize(Origin origin, (Variables Variables, IReadOnlyList<Node> Nodes) called)
    {
        var assigned = called.Variables._variables.Where(entry => entry.Value.Assigned is not null).ToArray();
        var graph = new Graph("initial", [], [.. assigned.Select(entry => entry.Value.Assigned!.Value.Value)], called.Nodes);
        new FoldConstants().Run(graph);

        foreach (var ((key, _), value) in assigned.Zip(graph.Outputs))
        {
            if (_variables.TryGetValue(key, out var used) && (used.Start is not null || used.Assigned is not null))
            {
                throw origin.Refuse($"variable {Quoted.Name(key.Name)} is used before it is initialized", "initialization first");
            }

            Of(key, key.Name).Initial = value.Constant ?? throw origin.Refuse($"the initial value of variable {Quoted.Name(key.Name)} is computed at run time", "constants");
        }
    }

    /// <summary>
    /// The graph of the nodes with the variables' states. One that is never read is left out; one that is never assigned is a
    /// constant.
    /// </summary>
    public Graph Build(string name, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs, List<Node> nodes)
    {
        if (_variables.Values.Sum(variable => (long)(variable.Start?.ByteSize ?? 0)) is > MostBytes and var bytes)
        {
            throw new CompilerException($"variables of {bytes} bytes are not supported (supported: {MostBytes})");
        }

        var states = new List<State>();
        var constants = new List<Variable>();
        foreach (var variable in _variables.Values.Where(variable => variable.Start is not null))
        {
            if (variable.Assigned is var (value, origin))
            {
                var next = variable.Start!.Like($"{variable.Name}/next");
                nodes.Add(new Node(new AssignVariable(), [value], [next], origin));
                states.Add(new State(variable.Start, next, variable.InitialBytes));
            }
            else
            {
                constants.Add(variable);
            }
        }

        var graph = new Graph(name, inputs, outputs, nodes, states);
        foreach (var variable in constants)
        {
            var start = variable.Start!;
            graph.Redirect(start, start.Holding(variable.InitialBytes));
        }

        return graph;
    }

    private Variable Of((string Container, string Name) key, string name)
    {
        if (!_variables.TryGetValue(key, out var variable))
        {
            _variables[key] = variable = new Variable(key, name);
        }

        return variable;
    }

    private Variable Of(Origin origin, Value handle) =>
        _handles.TryGetValue(handle, out var variable) ? variable : throw origin.Refuse($"{Quoted.Name(handle.Name)} is not a variable's handle", "the output of VAR_HANDLE");

    private static int ZeroPointOf(Value value) => value.Quantization?.ZeroPoints[0] ?? 0;

    private sealed class Variable((string Container, string Name) key, string name)
    {
        public (string Container, string Name) Key => key;

        public string Name => name;

        /// <summary>What it holds before the operators run; null until it is read.</summary>
        public Value? Start { get; set; }

        /// <summary>What was assigned last, and by which operator.</summary>
        public (Value Value, Origin Origin)? Assigned { get; set; }

        /// <summary>Of the first value assigned, or of the tensor: TFLite Micro fills new variables with it as a byte.</summary>
        public int? ZeroPoint { get; set; }

        /// <summary>The same of subgraphs that are called, which come after the main graph.</summary>
        public int? CalledZeroPoint { get; set; }

        public ReadOnlyMemory<byte>? Initial { get; set; }

        public ReadOnlyMemory<byte> InitialBytes => Initial ?? Enumerable.Repeat(unchecked((byte)(ZeroPoint ?? CalledZeroPoint ?? 0)), Start!.ByteSize).ToArray();
    }
}
