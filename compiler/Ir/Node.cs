// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Ir;

/// <summary>One operation in the graph. <paramref name="origin"/> says where it came from, for messages and reports.</summary>
internal sealed class Node(Op op, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs, Origin origin)
{
    private IReadOnlyList<KernelCall>? _portableCalls;

    public Op Op { get; } = op;

    public IReadOnlyList<Value> Inputs { get; } = inputs;

    public IReadOnlyList<Value> Outputs { get; } = outputs;

    public Origin Origin { get; } = origin;

    public Value Input => Inputs[0];

    public Value Output => Outputs[0];

    /// <summary>The calls of portable kernels that compute it. Every family of generated kernels reads them, so that they are made once.</summary>
    public IReadOnlyList<KernelCall> PortableCalls => _portableCalls ??= Op.Lower(this);

    /// <summary>Null unless channels were taken out of this layer.</summary>
    public RemovedChannels? Removed { get; private init; }

    /// <summary>True when what computes this node may store the output over the first input, besides what the op allows.</summary>
    public bool StoresOverInput { get; init; }

    /// <summary>How often it runs in an invocation: the turns of the loops around it, where their numbers are known.</summary>
    public int Turns { get; init; } = 1;

    /// <summary>Multiply-accumulates of one invocation.</summary>
    public long Macs => Turns * Op.Macs(this);

    public Node With(Op? op = null, IReadOnlyList<Value>? inputs = null, IReadOnlyList<Value>? outputs = null, RemovedChannels? removed = null) =>
        new(op ?? Op, inputs ?? Inputs, outputs ?? Outputs, Origin) { Removed = removed ?? Removed, StoresOverInput = StoresOverInput, Turns = Turns };

    /// <summary>True when an output may be stored over an input that is not needed any more.</summary>
    public bool CanOverwrite(int output, int input) => Op.CanOverwrite(this, output, input) || (StoresOverInput && output == 0 && input == 0);

    /// <summary>The same node, chosen to be computed so.</summary>
    public Node StoringOverInput(bool does) => new(Op, Inputs, Outputs, Origin) { Removed = Removed, StoresOverInput = does, Turns = Turns };

    /// <summary>The same node in a loop.</summary>
    public Node InLoopOf(int turns) => new(Op, Inputs, Outputs, Origin) { Removed = Removed, StoresOverInput = StoresOverInput, Turns = Turns * turns };

    /// <summary>The exception for a limit of this node: <c>operator 7 CONV_2D "stem/conv": WHAT (supported: SUPPORTED)</c>.</summary>
    public CompilerException Refuse(string what, string supported) => Origin.Refuse(what, supported);
}

/// <summary>An operator of the .tflite file.</summary>
internal sealed record Origin(int Index, string Code, string Name)
{
    public CompilerException Refuse(string what, string supported) => new($"{this}: {what} (supported: {supported})");

    /// <summary>0: the main graph.</summary>
    public int Subgraph { get; init; }

    public override string ToString() => $"{(Subgraph == 0 ? "" : $"subgraph {Subgraph} ")}operator {Index} {Code} {Quoted.Name(Name)}";
}
