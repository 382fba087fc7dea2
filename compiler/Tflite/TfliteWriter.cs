// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>
/// Writes a model as a .tflite file which TensorFlow Lite loads; equal models give equal bytes. What the object model does
/// not hold is not written: value ranges (min, max) of the converter, and options of operators we have no record for.
/// </summary>
internal static class TfliteWriter
{
    public static byte[] Write(TfliteModel model)
    {
        var buffers = new BufferList();
        var codes = new List<OperatorCode>();
        var root = new FlatTableBuilder();
        var subgraphs = model.Subgraphs.Select(subgraph => Subgraph(subgraph, codes, buffers)).ToList();
        var metadata = model.Metadata.Select(entry => Metadata(entry, buffers)).ToList();

        root.Int(0, model.Version);
        root.Tables(1, codes.Select(Code));
        root.Tables(2, subgraphs);
        root.String(3, model.Description);
        root.Tables(4, buffers.Tables());
        root.Tables(6, metadata);
        root.Tables(7, model.Signatures.Select(Signature));

        return FlatBufferWriter.Write(root, "TFL3"u8);
    }

    private static FlatTableBuilder Subgraph(TfliteSubgraph subgraph, List<OperatorCode> codes, BufferList buffers)
    {
        var table = new FlatTableBuilder();
        table.Tables(0, subgraph.Tensors.Select(tensor => Tensor(tensor, buffers)).ToList());
        table.Ints(1, subgraph.Inputs);
        table.Ints(2, subgraph.Outputs);
        table.Tables(3, subgraph.Operators.Select(op => Operator(op, codes)).ToList());
        table.String(4, subgraph.Name);
        return table;
    }

    private static FlatTableBuilder Tensor(TfliteTensor tensor, BufferList buffers)
    {
        if (tensor.HasSparsity)
        {
            throw new TfliteException($"tensor {Quoted.Name(tensor.Name)}: sparse tensors cannot be written");
        }

        var table = new FlatTableBuilder();
        table.Ints(0, tensor.Shape);
        table.Byte(1, (byte)tensor.Type);
        table.Int(2, buffers.IndexOf(tensor.Data, tensor.HasBuffer));
        table.String(3, tensor.Name);
        table.Bool(5, tensor.IsVariable);

        if (tensor.Quantization is { } quantization)
        {
            table.Table(4, Quantization(quantization));
        }

        if (tensor.ShapeSignature is { } signature)
        {
            table.Ints(7, signature);
        }

        return table;
    }

    private static FlatTableBuilder Quantization(TfliteQuantization quantization)
    {
        var table = new FlatTableBuilder();
        table.Floats(2, quantization.Scale);
        table.Longs(3, quantization.ZeroPoint);
        table.Int(6, quantization.Axis);
        return table;
    }

    private static FlatTableBuilder Operator(TfliteOperator op, List<OperatorCode> codes)
    {
        var code = new OperatorCode(op.Code, op.CustomName, op.Version);

        if (!codes.Contains(code))
        {
            codes.Add(code);
        }

        var table = new FlatTableBuilder();
        table.Int(0, codes.IndexOf(code));
        table.Ints(1, op.Inputs);
        table.Ints(2, op.Outputs);

        if (op.Options.Kind != 0)
        {
            var options = new FlatTableBuilder();
            op.Options.Write(options);
            table.Byte(3, op.Options.Kind);
            table.Table(4, options);
        }

        if (!op.CustomOptions.IsEmpty)
        {
            table.Bytes(5, op.CustomOptions, TfliteSchema.BufferAlignment);
        }

        if (op.Intermediates.Count > 0)
        {
            table.Ints(8, op.Intermediates);
        }

        return table;
    }

    private static FlatTableBuilder Code(OperatorCode code)
    {
        var table = new FlatTableBuilder();
        table.Byte(0, (byte)Math.Min((int)code.Code, TfliteSchema.LargeOperatorCodes));
        table.Int(2, code.Version, otherwise: 1);
        table.Int(3, (int)code.Code);

        if (code.CustomName is not null)
        {
            table.String(1, code.CustomName);
        }

        return table;
    }

    private static FlatTableBuilder Metadata(TfliteMetadata entry, BufferList buffers)
    {
        var table = new FlatTableBuilder();
        table.String(0, entry.Name);
        table.Int(1, buffers.IndexOf(entry.Data, present: !entry.Data.IsEmpty));
        return table;
    }

    private static FlatTableBuilder Signature(TfliteSignature signature)
    {
        var table = new FlatTableBuilder();
        table.Tables(0, signature.Inputs.Select(Entry));
        table.Tables(1, signature.Outputs.Select(Entry));
        table.String(2, signature.Key);
        table.Int(4, signature.Subgraph);
        return table;

        static FlatTableBuilder Entry(TfliteSignatureTensor tensor)
        {
            var entry = new FlatTableBuilder();
            entry.String(0, tensor.Name);
            entry.Int(1, tensor.Tensor);
            return entry;
        }
    }

    /// <summary>Buffer 0 is the empty one. Tensors that shared a buffer in the file they were read from share it again.</summary>
    private sealed class BufferList
    {
        private readonly List<ReadOnlyMemory<byte>> _buffers = [default];
        private readonly Dictionary<ReadOnlyMemory<byte>, int> _indices = [];

        public int IndexOf(ReadOnlyMemory<byte> data, bool present)
        {
            if (data.IsEmpty && !present)
            {
                return 0;
            }

            if (!_indices.TryGetValue(data, out var index))
            {
                index = _buffers.Count;
                _buffers.Add(data);
                _indices.Add(data, index);
            }

            return index;
        }

        public IEnumerable<FlatTableBuilder> Tables() => _buffers.Select((data, index) =>
        {
            var table = new FlatTableBuilder();

            if (index > 0)
            {
                table.Bytes(0, data, TfliteSchema.BufferAlignment);
            }

            return table;
        });
    }
}
