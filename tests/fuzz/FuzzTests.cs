// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tests.Tflite;
using TinyInfer.Compiler.Tflite;
using Xunit;
using Xunit.Abstractions;

namespace TinyInfer.Compiler.Tests.Fuzz;

public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Mutations = 20_000;
    private const int WritesBack = 8;

    [Fact]
    public void Every_damaged_file_is_read_or_refused_in_a_sentence()
    {
        var run = new FuzzRun(Read).Over(Seeds.All(), Mutations);

        output.WriteLine(run.ToString());
        Assert.True(run.Taken > Mutations / 20 && run.Refused > Mutations / 4, $"the mutations do not reach far: {run}");
    }

    [Fact]
    public void Every_damaged_file_is_compiled_or_refused_in_a_sentence()
    {
        Seed[] seeds = [.. Seeds.All().Where(seed => Compiles(seed.File))];
        var run = new FuzzRun((file, _) => Compiler.Compile(file, "fuzz")).Over(seeds, Mutations);

        output.WriteLine($"{seeds.Length} seeds: {run}");
        Assert.True(run.Taken > Mutations / 20 && run.Refused > Mutations / 4, $"the mutations do not reach far: {run}");
    }

    // Damage to a model that is refused anyway would seldom get beyond the reader.
    private static bool Compiles(byte[] file)
    {
        try
        {
            Compiler.Compile(file, "fuzz");
            return true;
        }
        catch (CompilerException)
        {
            return false;
        }
    }

    // What can be read can be written, and then says the same.
    private static void Read(byte[] file, int number)
    {
        var model = TfliteReader.Read(file);

        if (number % WritesBack == 0 && !model.Subgraphs.Any(subgraph => subgraph.Tensors.Any(tensor => tensor.HasSparsity)))
        {
            Assert.Equal(ModelText.Of(model), ModelText.Of(TfliteReader.Read(TfliteWriter.Write(model))));
        }
    }
}
