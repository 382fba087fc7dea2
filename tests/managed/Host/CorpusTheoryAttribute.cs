// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tests;
using Xunit;

namespace TinyInfer.Managed.Tests;

/// <summary>A test over models of the corpus, skipped with the reason when it is absent.</summary>
internal sealed class CorpusTheoryAttribute : TheoryAttribute
{
    public CorpusTheoryAttribute() => Skip = Corpus.Absent!;
}
