// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace TinyInfer.Compiler.Tflite;

/// <summary>
/// Makes a model by hand. Tensors are named by the number <c>AddTensor</c> returns.
/// <code>
///   var model = new TfliteModelBuilder();
///   var x = model.AddTensor("x", TensorType.INT8, [1, 4], 0.5f, -1);
///   var y = model.AddTensor("y", TensorType.INT8, [1, 4], 0.5f, -1);
///   var file = model.AddOperator(BuiltinOperator.RELU, new NoOptions(), [x], [y]).Inputs(x).Outputs(y).BuildFile();
/// </code>
/// </summary>
internal sealed class TfliteModelBuilder
{
    private readonly List<TfliteTensor> _tensors = [];
    private readonly List<TfliteOperator> _operators = [];
    private readonly List<TfliteMetadata> _metadata = [];
    private readonly List<TfliteModelBuilder> _subgraphs = [];
    private int[] _inputs = [];
    private int[] _outputs = [];
    private string _description = "";

    /// <summary>The little-endian bytes of a constant.</summary>
    public static byte[] Bytes<T>(params ReadOnlySpan<T> values)
        where T : unmanaged => MemoryMarshal.AsBytes(values).ToArray();

    /// <summary>Adds a tensor with one scale, or with no quantization when <paramref name="scale"/> is 0.</summary>
    public int AddTensor(
        string name, TensorType type, int[] shape, float scale = 0, long zeroPoint = 0, ReadOnlyMemory<byte> data = default) =>
        AddTensor(name, type, shape, scale == 0 ? null : new TfliteQuantization([scale], [zeroPoint], 0), data);

    public int AddTensor(
        string name, TensorType type, int[] shape, TfliteQuantization? quantization, ReadOnlyMemory<byte> data = default) =>
        AddTensor(new TfliteTensor
        {
            Name = name,
            Type = type,
            Shape = shape,
            Quantization = quantization,
            Data = data,
            HasBuffer = !data.IsEmpty,
        });

    public int AddTensor(TfliteTensor tensor)
    {
        _tensors.Add(tensor);
        return _tensors.Count - 1;
    }

    public TfliteModelBuilder AddOperator(BuiltinOperator code, OperatorOptions options, int[] inputs, int[] outputs, int version = 1) =>
        AddOperator(new TfliteOperator { Code = code, Version = version, Options = options, Inputs = inputs, Outputs = outputs });

    public TfliteModelBuilder AddOperator(TfliteOperator op)
    {
        _operators.Add(op);
        return this;
    }

    /// <summary>Adds a subgraph that operators of this one name by the number returned.</summary>
    public int AddSubgraph(TfliteModelBuilder subgraph)
    {
        _subgraphs.Add(subgraph);
        return _subgraphs.Count;
    }

    public TfliteModelBuilder AddMetadata(string name, ReadOnlyMemory<byte> data)
    {
        _metadata.Add(new TfliteMetadata(name, data));
        return this;
    }

    public TfliteModelBuilder Inputs(params int[] tensors)
    {
        _inputs = tensors;
        return this;
    }

    public TfliteModelBuilder Outputs(params int[] tensors)
    {
        _outputs = tensors;
        return this;
    }

    public TfliteModelBuilder Describe(string description)
    {
        _description = description;
        return this;
    }

    public TfliteModel Build() => new()
    {
        Description = _description,
        Subgraphs = [Subgraph("main"), .. _subgraphs.Select((subgraph, i) => subgraph.Subgraph($"subgraph {i + 1}"))],
        Metadata = [.. _metadata],
    };

    private TfliteSubgraph Subgraph(string name) => new() { Name = name, Tensors = [.. _tensors], Inputs = _inputs, Outputs = _outputs, Operators = [.. _operators] };

    /// <summary>Gives the bytes of the file, read back once so that a mistake shows here and not in a later stage.</summary>
    public byte[] BuildFile()
    {
        var file = TfliteWriter.Write(Build());
        _ = TfliteReader.Read(file);
        return file;
    }
}
