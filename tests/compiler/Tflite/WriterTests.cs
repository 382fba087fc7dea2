// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Tflite;

public sealed class WriterTests
{
    [Fact]
    public void Every_attribute_of_every_operator_comes_back()
    {
        var model = TestModels.EveryOption();
        Assert.Equal(ModelText.Of(model), ModelText.Of(TfliteReader.Read(TfliteWriter.Write(model))));
    }

    [Fact]
    public void Equal_models_give_equal_bytes() =>
        Assert.Equal(TfliteWriter.Write(TestModels.EveryOption()), TfliteWriter.Write(TestModels.EveryOption()));

    [Fact]
    public void Constants_start_on_a_multiple_of_16_bytes()
    {
        for (var length = 1; length < 40; length++)
        {
            var model = TestModels.Single(new TfliteTensor { Name = "t", Type = TensorType.INT8, Shape = [length], Data = new byte[length] });
            Assert.Equal(0, Place(TfliteReader.Read(TfliteWriter.Write(model)).Subgraphs[0].Tensors[0].Data) % 16);
        }
    }

    [Fact]
    public void A_buffer_shared_by_two_tensors_is_written_once()
    {
        var shared = new byte[100];
        var model = new TfliteModelBuilder();
        model.AddTensor("a", TensorType.INT8, [100], data: shared);
        model.AddTensor("b", TensorType.INT8, [100], data: shared);
        model.AddTensor("c", TensorType.INT8, [100], data: new byte[100]);

        var tensors = TfliteReader.Read(TfliteWriter.Write(model.Build())).Subgraphs[0].Tensors;
        Assert.Equal(Place(tensors[0].Data), Place(tensors[1].Data));
        Assert.NotEqual(Place(tensors[0].Data), Place(tensors[2].Data));
    }

    [Fact]
    public void A_sparse_tensor_is_refused_because_its_layout_is_not_kept() => Assert.Equal(
        "tensor \"t\": sparse tensors cannot be written",
        Assert.Throws<TfliteException>(() => TfliteWriter.Write(TestModels.Single(
            new TfliteTensor { Name = "t", Type = TensorType.INT8, Shape = [1], HasSparsity = true }))).Message);

    private static int Place(ReadOnlyMemory<byte> data)
    {
        Assert.True(MemoryMarshal.TryGetArray(data, out var segment));
        return segment.Offset;
    }
}
