// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tests;
using Xunit;

namespace TinyInfer.Managed.Tests;

/// <summary>A sweep over the corpus, for the full run only.</summary>
internal sealed class FullCorpusFactAttribute : FactAttribute
{
    public FullCorpusFactAttribute() => Skip = Corpus.Absent!
        ?? (Environment.GetEnvironmentVariable("TINYINFER_FULL") == "true" ? null! : "a sweep: dotnet build nf.proj -t:Full");
}
