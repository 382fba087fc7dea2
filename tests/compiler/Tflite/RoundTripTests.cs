// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.Tflite;

public sealed class RoundTripTests
{
    [CorpusFact]
    public void Every_corpus_model_is_the_same_after_it_is_written_and_read_again()
    {
        var models = Corpus.Models();
        Assert.NotEmpty(models);

        Assert.All(models, path =>
        {
            var first = TfliteReader.Read(File.ReadAllBytes(path));
            var again = TfliteReader.Read(TfliteWriter.Write(first));
            Assert.Equal(ModelText.Of(first), ModelText.Of(again));
        });
    }
}
