// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.OpCases.References;

/// <summary>A whole model of integer operators, one naive reference after the other, from the initial state.</summary>
internal static class ModelReference
{
    /// <param name="input">The only input of the model.</param>
    public static byte[] Run(byte[] file, byte[] input)
    {
        var graph = TfliteReader.Read(file).Subgraphs[0];
        var tensors = graph.Tensors.Select(Case).ToArray();
        var values = new Dictionary<int, byte[]> { [graph.Inputs[0]] = input };

        ReferenceTensor? Operand(int index) => index < 0 ? null : new ReferenceTensor(tensors[index], values.GetValueOrDefault(index) ?? Start(graph.Tensors[index], tensors[index]));

        foreach (var op in graph.Operators)
        {
            var results = OpReferences.Compute(op.Code, new ReferenceCall(op.Options, [.. op.Inputs.Select(Operand)], [.. op.Outputs.Select(index => tensors[index])]));
            foreach (var (index, result) in op.Outputs.Zip(results))
            {
                values[index] = tensors[index].Encode(result);
            }
        }

        return values[graph.Outputs[0]];
    }

    private static CaseTensor Case(TfliteTensor tensor) => new(tensor.Type, [.. tensor.Shape], tensor.Quantization, pattern: null)
    {
        Constant = tensor.Data.IsEmpty ? null : tensor.Data.ToArray(),
        IsVariable = tensor.IsVariable,
    };

    private static byte[] Start(TfliteTensor tensor, CaseTensor @case) =>
        @case.Constant ?? (tensor.IsVariable ? @case.Encode(Enumerable.Repeat((long)@case.ZeroPoint, @case.Count)) : throw new InvalidOperationException($"{tensor.Name} is not computed"));
}
