// SPDX-License-Identifier: MIT
using Xunit;

namespace TinyInfer.Compiler.Tests;

/// <summary>A test over the corpus, skipped with the reason when it is absent.</summary>
internal sealed class CorpusFactAttribute : FactAttribute
{
    public CorpusFactAttribute() => Skip = Corpus.Absent!;
}
