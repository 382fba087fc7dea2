// SPDX-License-Identifier: MIT
using Xunit;

namespace TinyInfer.Compiler.Tests.Oracle;

/// <summary>A test against the real TensorFlow Lite, skipped with the reason when it is not installed.</summary>
internal sealed class OracleFactAttribute : FactAttribute
{
    public OracleFactAttribute() => Skip = TensorFlowLite.Absent!;
}
