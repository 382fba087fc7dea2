// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>
/// What a .tflite file says, checked for consistency and nothing more: every index is in range, every constant has the bytes
/// its shape asks for. Subgraph 0 is the model; the others are bodies of control flow.
/// </summary>
internal sealed record TfliteModel
{
    public int Version { get; init; } = TfliteSchema.Version;

    public string Description { get; init; } = "";

    public required IReadOnlyList<TfliteSubgraph> Subgraphs { get; init; }

    public IReadOnlyList<TfliteSignature> Signatures { get; init; } = [];

    public IReadOnlyList<TfliteMetadata> Metadata { get; init; } = [];
}

/// <summary>Operators stand in execution order; inputs and outputs are indices into <see cref="Tensors"/>.</summary>
internal sealed record TfliteSubgraph
{
    public string Name { get; init; } = "";

    public required IReadOnlyList<TfliteTensor> Tensors { get; init; }

    public required IReadOnlyList<int> Inputs { get; init; }

    public required IReadOnlyList<int> Outputs { get; init; }

    public required IReadOnlyList<TfliteOperator> Operators { get; init; }
}

/// <summary>One call of an operator; tensors are indices into the subgraph's, and -1 is an optional tensor left out.</summary>
internal sealed record TfliteOperator
{
    public required BuiltinOperator Code { get; init; }

    /// <summary>Gets the name of a CUSTOM operator; null for all others.</summary>
    public string? CustomName { get; init; }

    public int Version { get; init; } = 1;

    public required IReadOnlyList<int> Inputs { get; init; }

    public required IReadOnlyList<int> Outputs { get; init; }

    /// <summary>Gets the scratch and state tensors some recurrent operators name besides their inputs.</summary>
    public IReadOnlyList<int> Intermediates { get; init; } = [];

    /// <summary>Gets the attributes, always of the type that belongs to <see cref="Code"/>.</summary>
    public OperatorOptions Options { get; init; } = new NoOptions();

    /// <summary>Gets the attributes of a CUSTOM operator, in a form only that operator knows (as a rule FlexBuffers).</summary>
    public ReadOnlyMemory<byte> CustomOptions { get; init; }

    /// <summary>Gets the name used in messages: <c>CONV_2D</c>, or <c>CUSTOM "name"</c>.</summary>
    public string DisplayName => CustomName is null ? Code.ToString() : $"{Code} {Quoted.Name(CustomName)}";
}

/// <summary>A named way to call a subgraph.</summary>
internal sealed record TfliteSignature(
    string Key,
    int Subgraph,
    IReadOnlyList<TfliteSignatureTensor> Inputs,
    IReadOnlyList<TfliteSignatureTensor> Outputs);

internal sealed record TfliteSignatureTensor(string Name, int Tensor);

internal sealed record TfliteMetadata(string Name, ReadOnlyMemory<byte> Data);
