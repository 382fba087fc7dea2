// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Tflite;

/// <summary>Everything a model holds as text, so that two models are equal exactly when their texts are.</summary>
internal static class ModelText
{
    public static string Of(TfliteModel model)
    {
        var text = new StringBuilder($"version {model.Version} '{model.Description}'\n");

        foreach (var subgraph in model.Subgraphs)
        {
            text.Append($"subgraph '{subgraph.Name}' {List(subgraph.Inputs)} -> {List(subgraph.Outputs)}\n");
            text.AppendJoin("", subgraph.Tensors.Select(Tensor));
            text.AppendJoin("", subgraph.Operators.Select(Operator));
        }

        foreach (var signature in model.Signatures)
        {
            text.Append($"signature '{signature.Key}' {signature.Subgraph} {List(signature.Inputs)} -> {List(signature.Outputs)}\n");
        }

        text.AppendJoin("", model.Metadata.Select(entry => $"metadata '{entry.Name}' {Hash(entry.Data)}\n"));
        return text.ToString();
    }

    private static string Tensor(TfliteTensor tensor) =>
        $"tensor '{tensor.Name}' {tensor.Type} {List(tensor.Shape)} {List(tensor.ShapeSignature)} "
        + $"{tensor.HasBuffer} {tensor.IsVariable} {tensor.HasSparsity} {Quantization(tensor.Quantization)} {Hash(tensor.Data)}\n";

    private static string Quantization(TfliteQuantization? quantization) =>
        quantization is null ? "none" : $"{List(quantization.Scale)} {List(quantization.ZeroPoint)} {quantization.Axis}";

    private static string Operator(TfliteOperator op) =>
        $"operator {op.DisplayName} {op.Version} {List(op.Inputs)} -> {List(op.Outputs)} {List(op.Intermediates)} {Options(op.Options)} {Hash(op.CustomOptions)}\n";

    private static string Options(OperatorOptions options) => options switch
    {
        ReshapeOptions reshape => $"reshape {List(reshape.NewShape)}",
        SqueezeOptions squeeze => $"squeeze {List(squeeze.Axes)}",
        _ => options.ToString(),
    };

    private static string List<T>(IEnumerable<T>? items) => items is null ? "none" : $"[{string.Join(",", items)}]";

    private static string Hash(ReadOnlyMemory<byte> bytes) => $"{bytes.Length}:{Convert.ToHexStringLower(SHA256.HashData(bytes.Span))[..16]}";
}
