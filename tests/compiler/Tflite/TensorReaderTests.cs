// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Tflite;

public sealed class TensorReaderTests
{
    private const byte Int8 = (byte)TensorType.INT8;

    [Fact]
    public void A_shape_has_no_negative_dimension_and_fewer_than_2_to_31_elements()
    {
        Assert.Equal("tensor 0 \"t\": dimension -1 in shape [1,-1] is negative", Refusal(t => t.Ints(0, [1, -1])));
        Assert.Equal("tensor 0 \"t\": shape [65536,65536] has 2^31 elements or more", Refusal(t => t.Ints(0, [65536, 65536])));
        Assert.Equal("tensor 0 \"t\": 9 dimensions are not supported (supported: 8)", Refusal(t => t.Ints(0, new int[9])));
        Assert.Equal("tensor 0 \"t\": a shape signature of 1 dimensions does not fit shape [1,4]", Refusal(t =>
        {
            t.Ints(0, [1, 4]);
            t.Ints(7, [1]);
        }));
    }

    [Fact]
    public void A_type_must_be_known() => Assert.EndsWith("tensor type 99 is not known (known: 0 to 22)", Refusal(t => t.Byte(1, 99)));

    [Fact]
    public void A_constant_must_fill_its_shape_and_what_is_more_is_cut_off()
    {
        Assert.Equal("tensor 0 \"t\": its buffer has 3 bytes (INT8[1,4] takes 4)", Refusal(Constant([1, 4]), [1, 2, 3]));
        Assert.Equal([1, 2, 3, 4], Read(Constant([1, 4]), [1, 2, 3, 4, 5]).Data.ToArray());
        Assert.True(Read(t => t.Ints(0, [1, 4])).Data.IsEmpty);
    }

    [Theory]
    [InlineData("INT2", 5, 2)]
    [InlineData("INT4", 5, 3)]
    [InlineData("INT16", 5, 10)]
    [InlineData("FLOAT32", 5, 20)]
    [InlineData("INT64", 5, 40)]
    [InlineData("COMPLEX128", 5, 80)]
    [InlineData("STRING", 5, null)]
    public void Elements_are_packed(string type, int count, int? bytes) =>
        Assert.Equal(bytes, TfliteSchema.ByteSize(Enum.Parse<TensorType>(type), count));

    [Fact]
    public void A_constant_without_elements_is_told_from_a_computed_tensor()
    {
        Assert.True(Read(Constant([0]), []).HasBuffer);
        Assert.False(Read(t => t.Ints(0, [0])).HasBuffer);
    }

    [Fact]
    public void Bytes_behind_the_tables_are_read_where_the_buffer_says()
    {
        var size = TestModels.Raw(Constant([4]), b => Appended(b, 1 << 20)).Length;
        byte[] file = [.. TestModels.Raw(Constant([4]), b => Appended(b, size)), 9, 8, 7, 6];

        Assert.Equal([9, 8, 7, 6], TfliteReader.Read(file).Subgraphs[0].Tensors[0].Data.ToArray());
        Assert.Equal(
            $"buffer 1: 4 bytes at offset 0x{size:x} run past the end of the file (file has {size + 3} bytes)",
            Assert.Throws<TfliteException>(() => TfliteReader.Read(file[..^1])).Message);

        static void Appended(FlatTableBuilder buffer, long offset)
        {
            buffer.Long(1, offset);
            buffer.Long(2, 4);
        }
    }

    [Fact]
    public void Data_in_another_file_is_refused() => Assert.Equal(
        "tensor 0 \"t\": its data is kept in another file (supported: data inside the model)", Refusal(t => t.Int(10, 1)));

    [Fact]
    public void A_missing_buffer_is_refused() =>
        Assert.Equal("tensor 0 \"t\": there is no buffer 5 (the file has 2)", Refusal(t => t.Int(2, 5)));

    [Fact]
    public void Quantization_may_be_empty_or_a_range_or_without_zero_points()
    {
        Assert.Null(Read(Quantized([4], [], [])).Quantization);
        Assert.Null(Read(t => t.Table(4, new FlatTableBuilder())).Quantization);
        Assert.Null(Read(t =>
        {
            var range = new FlatTableBuilder();
            range.Floats(0, [-1]);
            range.Floats(1, [1]);
            t.Table(4, range);
        }).Quantization);

        var quantization = Read(Quantized([2], [0.5f, 0.25f], [])).Quantization!;
        Assert.Equal([0.5f, 0.25f], quantization.Scale);
        Assert.Equal([0, 0], quantization.ZeroPoint);
        Assert.Equal([3, 3], Read(Quantized([2], [0.5f, 0.25f], [3])).Quantization!.ZeroPoint);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(-1f, "-1")]
    [InlineData(0f, "0")]
    public void A_scale_must_be_a_number_above_zero(float scale, string shown) => Assert.Equal(
        $"tensor 0 \"t\": scale {shown} is not a finite number above 0", Refusal(Quantized([4], [scale], [0])));

    [Fact]
    public void A_constant_may_have_scale_zero() => Assert.Equal(0, Read(
        t =>
        {
            Quantized([4], [0], [0])(t);
            t.Int(2, 1);
        },
        [0, 0, 0, 0]).Quantization!.Scale[0]);

    [Fact]
    public void Scales_and_zero_points_must_fit_the_tensor()
    {
        Assert.Equal("tensor 0 \"t\": 3 scales along dimension 1 do not fit shape [3,2]", Refusal(Quantized([3, 2], [1, 1, 1], [], axis: 1)));
        Assert.Equal("tensor 0 \"t\": 3 scales along dimension -1 do not fit shape [3,2]", Refusal(Quantized([3, 2], [1, 1, 1], [], axis: -1)));
        Assert.Equal("tensor 0 \"t\": 2 zero points for 3 scales", Refusal(Quantized([3, 2], [1, 1, 1], [0, 0])));
        Assert.Equal("tensor 0 \"t\": zero point 128 does not fit INT8", Refusal(Quantized([4], [1], [128])));
        Assert.Equal(0, Read(Quantized([3], [1, 1, 1], [], axis: 3)).Quantization!.Axis);
    }

    [Fact]
    public void Names_in_messages_cannot_drive_a_terminal() => Assert.Equal(
        "tensor 0 \"?[2Jx\": its buffer has 1 bytes (INT8[4] takes 4)",
        Assert.Throws<TfliteException>(() => TfliteReader.Read(TfliteWriter.Write(TestModels.Single(
            new TfliteTensor { Name = "\u001b[2Jx", Type = TensorType.INT8, Shape = [4], Data = new byte[1], HasBuffer = true })))).Message);

    private static Action<FlatTableBuilder> Constant(int[] shape) => t =>
    {
        t.Ints(0, shape);
        t.Byte(1, Int8);
        t.Int(2, 1);
    };

    private static Action<FlatTableBuilder> Quantized(int[] shape, float[] scale, long[] zeroPoint, int axis = 0) => t =>
    {
        var quantization = new FlatTableBuilder();
        quantization.Floats(2, scale);
        quantization.Longs(3, zeroPoint);
        quantization.Int(6, axis);
        t.Ints(0, shape);
        t.Byte(1, Int8);
        t.Table(4, quantization);
    };

    private static TfliteTensor Read(Action<FlatTableBuilder> tensor, byte[]? data = null) =>
        TfliteReader.Read(File(tensor, data)).Subgraphs[0].Tensors[0];

    private static string Refusal(Action<FlatTableBuilder> tensor, byte[]? data = null) =>
        Assert.Throws<TfliteException>(() => TfliteReader.Read(File(tensor, data))).Message;

    private static byte[] File(Action<FlatTableBuilder> tensor, byte[]? data) =>
        TestModels.Raw(tensor, data is null ? null : b => b.Bytes(0, data, TfliteSchema.BufferAlignment));
}
