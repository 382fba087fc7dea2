// SPDX-License-Identifier: MIT
using Xunit;

namespace TinyInfer.Compiler.Tests.Oracle;

/// <summary>Tests against the real TensorFlow Lite, skipped with the reason when it is not installed.</summary>
internal sealed class OracleTheoryAttribute : TheoryAttribute
{
    public OracleTheoryAttribute() => Skip = TensorFlowLite.Absent!;
}
