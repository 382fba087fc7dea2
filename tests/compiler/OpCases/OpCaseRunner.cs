// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Targets;
using TinyInfer.Compiler.Tests.OpCases.References;
using TinyInfer.Compiler.Tests.Oracle;
using TinyInfer.Compiler.Tflite;
using Xunit;

namespace TinyInfer.Compiler.Tests.OpCases;

/// <summary>What every case must satisfy. The kernels run on this machine under the sanitizers.</summary>
internal static class OpCaseRunner
{
    /// <summary>The operators whose second rounding in TensorFlow Lite 2.9 is half up: compared with kernels built alike.</summary>
    private static readonly BuiltinOperator[] HalfUp = [BuiltinOperator.BATCH_MATMUL, BuiltinOperator.CONV_2D, BuiltinOperator.FULLY_CONNECTED];

    private static readonly Lazy<ITarget> Exact = new(() => TargetNames.Create("host-asan"));
    private static readonly Lazy<ITarget> LikeOracle = new(() => TargetNames.Create("host-asan", Rounding.DoubleHalfUp));

    private delegate byte[] Expected(ReadOnlySpan<byte> fed);

    /// <summary>The portable kernels give the bytes of the naive reference, or the compiler refuses the model as the case says.</summary>
    public static void CheckReference(OpCase item)
    {
        if (item.Refusal is null)
        {
            Compare(item, item.Model(), Exact.Value, fed => OpReferences.Compute(item, fed));
        }
        else
        {
            var refusal = Assert.ThrowsAny<CompilerException>(() => Compiler.Compile(item.Model(), "case"));
            Assert.Contains(item.Refusal, refusal.Message);
        }
    }

    /// <summary>The portable kernels give the bytes of TensorFlow Lite itself.</summary>
    public static void CheckOracle(OpCase item)
    {
        var model = item.Model();
        using var oracle = new TensorFlowLite(model);
        Compare(item, model, HalfUp.Contains(item.Code) ? LikeOracle.Value : Exact.Value, oracle.RunBlock);
    }

    private static void Compare(OpCase item, byte[] model, ITarget target, Expected expected)
    {
        var invocations = item.Invocations();
        var image = Compiler.Compile(model, "case").Image;
        var outputs = target.Run(new TargetRun(image, invocations.SelectMany(fed => fed).ToArray(), invocations.Count));
        var size = item.Outputs.Sum(output => output.ByteSize);

        Assert.Equal(size * invocations.Count, outputs.Length);
        for (var i = 0; i < invocations.Count; i++)
        {
            var wanted = expected(invocations[i]);
            var got = outputs.AsSpan(i * size, size);
            var at = got.CommonPrefixLength(wanted);
            if (at < size || wanted.Length != size)
            {
                Assert.Fail($"{item}\ninvocation {i}, byte {at} of {size}: {(wanted.Length == size ? $"expected {wanted[at]}, got {got[at]}" : $"{wanted.Length} bytes expected")}");
            }
        }
    }
}
