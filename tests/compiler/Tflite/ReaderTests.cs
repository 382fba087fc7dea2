// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Tflite;

/// <summary>What a file may say, and the sentence for what it may not.</summary>
public sealed class ReaderTests
{
    [Theory]
    [InlineData("", "not a TensorFlow Lite model: the file is empty")]
    [InlineData("TFL3", "not a TensorFlow Lite model: the file has only 4 bytes (expected \"TFL3\" at offset 4)")]
    [InlineData("# notes\non a model\n", "not a TensorFlow Lite model: the file is text (expected \"TFL3\" at offset 4)")]
    [InlineData("PK\u0003\u0004 archive", "not a TensorFlow Lite model: the file is a ZIP archive (expected \"TFL3\" at offset 4)")]
    [InlineData("\0\0\0\0TFL2", "not a TensorFlow Lite model: bytes 4 to 7 are 54464c32 (expected \"TFL3\" at offset 4)")]
    [InlineData("\0\u0010\0\0TFL3", "offset 0x1000: table lies outside the file (file has 8 bytes)")]
    public void Other_files_are_named_for_what_they_are(string content, string sentence) =>
        Assert.Equal(sentence, Refusal([.. content.Select(letter => (byte)letter)]));

    [Fact]
    public void Another_schema_version_is_refused() => Assert.Equal(
        "schema version 4 is not supported (supported: 3)",
        Refusal(TfliteWriter.Write(TestModels.Add() with { Version = 4 })));

    [Fact]
    public void A_vector_past_the_end_is_refused_with_its_place()
    {
        var file = TfliteWriter.Write(TestModels.Add());
        var at = file.AsSpan().IndexOf("sum"u8) - sizeof(uint);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), 99999);

        Assert.Equal($"offset 0x{at:x}: vector of 99999 elements runs past the end of the file (file has {file.Length} bytes)", Refusal(file));
    }

    [Theory]
    [InlineData(0, 3, "offset 0x8: a vtable cannot have 3 bytes")]
    [InlineData(0, 2, "offset 0x8: a vtable cannot have 2 bytes")]
    [InlineData(0, 65534, "offset 0x8: vtable lies outside the file (file has {0} bytes)")]
    [InlineData(2, 3, "offset 0x8: a table cannot have 3 bytes")]
    [InlineData(2, 65534, "offset 0x1c: table lies outside the file (file has {0} bytes)")]
    [InlineData(4, 65534, "offset 0xc: field 0 lies outside its table of 32 bytes at 0x1c")]
    [InlineData(4, 2, "offset 0xc: field 0 lies outside its table of 32 bytes at 0x1c")]
    public void A_table_keeps_to_its_bounds(int at, ushort value, string sentence)
    {
        var file = TfliteWriter.Write(TestModels.Add());
        Assert.Equal([20, 32], [file[8], file[10]]); // the root's vtable stands at 8, and the table behind it
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8 + at), value);

        Assert.Equal(string.Format(sentence, file.Length), Refusal(file));
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var file = TfliteWriter.Write(TestModels.Add());

        // Only the padding behind the last object may go.
        for (var length = 0; length < file.Length - 16; length++)
        {
            Assert.NotEmpty(Refusal(file[..length]));
        }
    }

    [Fact]
    public void Tables_named_over_and_over_are_refused_before_they_cost_much()
    {
        var name = new string('n', 200_000);
        var tensor = new FlatTableBuilder();
        tensor.String(3, name);
        var subgraph = new FlatTableBuilder();
        subgraph.Tables(0, Enumerable.Repeat(new FlatTableBuilder(), 20_000).Append(tensor));
        var root = new FlatTableBuilder();
        root.Int(0, 3);
        root.Tables(2, [subgraph]);
        var file = FlatBufferWriter.Write(root, "TFL3"u8);

        // The 20,000 references before the named tensor's all become references to it.
        var list = file.AsSpan().IndexOf(BitConverter.GetBytes(20_001));
        var target = list + 4 + (20_000 * 4) + BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(list + 4 + (20_000 * 4)));
        for (var i = 0; i < 20_000; i++)
        {
            var at = list + 4 + (i * 4);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), target - at);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("names the same tables over and over", Refusal(file));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64L * file.Length);
    }

    [Fact]
    public void An_operator_must_name_existing_tensors()
    {
        Assert.Equal("operator 0 ADD inputs: there is no tensor 3 (the subgraph has 3)", Refusal(TestModels.Add(inputs: [0, 3])));
        Assert.Equal("operator 0 ADD inputs: there is no tensor -2 (the subgraph has 3)", Refusal(TestModels.Add(inputs: [0, -2])));
        Assert.Equal("operator 0 ADD outputs: there is no tensor -1 (the subgraph has 3)", Refusal(TestModels.Add(outputs: [-1])));
        Assert.Equal([0, -1], TfliteReader.Read(TfliteWriter.Write(TestModels.Add(inputs: [0, -1]))).Subgraphs[0].Operators[0].Inputs);
    }

    [Fact]
    public void Control_flow_must_name_existing_subgraphs() => Assert.Equal(
        "operator 0 WHILE: there is no subgraph 7 (the file has 1)",
        Refusal(TestModels.One(BuiltinOperator.WHILE, new WhileOptions(0, 7))));

    [Fact]
    public void Options_must_be_those_of_the_operator() => Assert.Equal(
        "operator 0 CONV_2D: its options are of kind 9 (kind 1 belongs to CONV_2D)",
        Refusal(TestModels.One(BuiltinOperator.CONV_2D, new SoftmaxOptions(1))));

    [Fact]
    public void Options_left_out_have_the_defaults_of_the_schema() => Assert.Equal(
        new Conv2DOptions(Padding.SAME, 0, 0, 1, 1, ActivationFunction.NONE),
        TfliteReader.Read(TfliteWriter.Write(TestModels.One(BuiltinOperator.CONV_2D, new NoOptions()))).Subgraphs[0].Operators[0].Options);

    [Fact]
    public void Attributes_must_be_finite_and_known()
    {
        Assert.EndsWith("NaN is not a finite number", Refusal(TestModels.One(BuiltinOperator.SOFTMAX, new SoftmaxOptions(float.NaN))));
        Assert.EndsWith(
            "activation function 9 is not known (known: 0 to 5)",
            Refusal(TestModels.One(BuiltinOperator.MUL, new MulOptions((ActivationFunction)9))));
    }

    [Theory]
    [InlineData(3, 0, "CONV_2D")]
    [InlineData(3, 3, "CONV_2D")]
    [InlineData(127, 142, "VAR_HANDLE")]
    [InlineData(0, 98, "LEAKY_RELU")]
    public void Both_generations_of_operator_codes_are_read(byte old, int current, string name) =>
        Assert.Equal(name, TfliteReader.Read(TestModels.WithOperatorCode(old, current)).Subgraphs[0].Operators[0].DisplayName);

    [Fact]
    public void Unknown_operator_codes_are_refused() => Assert.Equal(
        "operator code 0: builtin operator 4000 is not known (known: 0 to 209)",
        Refusal(TestModels.WithOperatorCode(127, 4000)));

    private static string Refusal(TfliteModel model) => Refusal(TfliteWriter.Write(model));

    private static string Refusal(byte[] file) => Assert.Throws<TfliteException>(() => TfliteReader.Read(file)).Message;
}
