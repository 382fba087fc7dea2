// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Lce;

namespace TinyInfer.Compiler.Codegen.Binary;

/// <summary>LceBconv2d of up to 496 words a channel. Weights are those of the portable kernel.</summary>
internal sealed class BinaryFamily : IFamily
{
    // Of the tables for borders, in bytes.
    private const int LargestTable = 1 << 16;

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (node.Op is not LceConvolution)
        {
            return [];
        }

        var output = node.Output.Type switch { ElementType.S32 => BinaryOutput.Bits, ElementType.S8 => BinaryOutput.Int8, _ => BinaryOutput.Float };
        var kernel = output switch { BinaryOutput.Bits => "lce_bconv_2d_b1", BinaryOutput.Int8 => "lce_bconv_2d_s8", _ => "lce_bconv_2d_f32" };
        return PortableCall.Of(node, kernel) is { } call && BinaryShape.Of(call, output) is { } shape ? Candidates(node, call, shape, core) : [];
    }

    private static IEnumerable<Candidate> Candidates(Node node, PortableCall call, BinaryShape shape, Core core)
    {
        var bytes = BinaryTable.Size(shape) * sizeof(int);
        if (bytes > LargestTable)
        {
            yield break;
        }

        var table = BinaryTable.Of(shape, call);

        yield return new Candidate(
            "binary",
            [.. node.Inputs.Select(_ => Layout.RowMajor)],
            [Layout.RowMajor],
            shape.Cycles(core),
            relaid => [Call(relaid, call, table, shape, core)])
        {
            Flash = shape.Corrected || shape.Output == BinaryOutput.Bits ? bytes : 0,
        };
    }

    private static KernelCall Call(Node node, PortableCall call, int[] table, BinaryShape shape, Core core) =>
        new("binary", [], [node.Input, call.Input(1), ConstantOperand.Of("table", table)], [node.Output], shape.Scratch)
        {
            Routine = BinaryRoutine.Of(shape, core),
            Remark = $"carry-save popcount of {shape.Words} words",
        };
}
