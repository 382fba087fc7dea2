// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>
/// One line of a <c>tests/ops/OP/cases.txt</c>: a model of a single operator, and what to feed it. README.md there has the syntax.
/// </summary>
internal sealed record OpCase
{
    /// <summary>Gets the line itself: test name, seed of everything random, and what to paste to repeat a failure.</summary>
    public required string Text { get; init; }

    public required BuiltinOperator Code { get; init; }

    /// <summary>Gets the name of a custom operator, or null.</summary>
    public string? CustomName { get; init; }

    public ImmutableSortedDictionary<string, double> CustomOptions { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    public required int Version { get; init; }

    public required OperatorOptions Options { get; init; }

    /// <summary>Gets the operands; null is an optional one left out. The same object twice is one tensor read twice.</summary>
    public required IReadOnlyList<CaseTensor?> Inputs { get; init; }

    public required IReadOnlyList<CaseTensor> Outputs { get; init; }

    /// <summary>Gets a value indicating whether TensorFlow Lite should give the same bytes.</summary>
    public bool HasOracle { get; init; } = true;

    /// <summary>Gets a part of the sentence with which the compiler must refuse the case, or null when it must accept it.</summary>
    public string? Refusal { get; init; }

    /// <summary>The operands the caller feeds, each once.</summary>
    public IReadOnlyList<CaseTensor> Fed => [.. Inputs.OfType<CaseTensor>().Where(tensor => tensor.Constant is null && !tensor.IsVariable).Distinct()];

    /// <summary>Numbers that depend on nothing but the line.</summary>
    public static Random Randomness(string text) => new((int)text.Aggregate(2166136261u, (hash, letter) => (hash ^ letter) * 16777619u));

    public byte[] Model()
    {
        var model = new TfliteModelBuilder();
        var numbers = new Dictionary<CaseTensor, int>();

        int Number(CaseTensor? tensor, string name)
        {
            if (tensor is null)
            {
                return -1;
            }

            if (!numbers.TryGetValue(tensor, out var number))
            {
                number = model.AddTensor(new TfliteTensor
                {
                    Name = name,
                    Type = tensor.Type,
                    Shape = tensor.Shape,
                    Quantization = tensor.Quantization,
                    Data = tensor.Constant ?? default(ReadOnlyMemory<byte>),
                    HasBuffer = tensor.Constant is not null,
                    IsVariable = tensor.IsVariable,
                });
                numbers[tensor] = number;
            }

            return number;
        }

        var inputs = Inputs.Select((tensor, i) => Number(tensor, $"x{i}")).ToArray();
        var outputs = Outputs.Select((tensor, i) => Number(tensor, $"y{i}")).ToArray();
        return model
            .AddOperator(new TfliteOperator
            {
                Code = Code,
                CustomName = CustomName,
                CustomOptions = CustomName is null ? default : FlexMapWriter.Write(CustomOptions),
                Version = Version,
                Options = Options,
                Inputs = inputs,
                Outputs = outputs,
            })
            .Inputs([.. Fed.Select(tensor => numbers[tensor])])
            .Outputs(outputs)
            .BuildFile();
    }

    /// <summary>
    /// What to feed, all inputs of one invocation concatenated: three random ones, all lowest, all highest; inputs with a
    /// pattern of their own follow it every time.
    /// </summary>
    public IReadOnlyList<byte[]> Invocations()
    {
        var random = Randomness(Text);
        string[] suite = ["random", "random", "random", "lowest", "highest"];
        return [.. suite.Select(pattern => Fed.SelectMany(tensor => tensor.Fill(tensor.Pattern ?? pattern, random)).ToArray())];
    }

    public override string ToString() => Text;
}
