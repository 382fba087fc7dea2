// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen.Arithmetic;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.FullyConnected;

/// <summary>
/// FULLY_CONNECTED behind another one whose outputs are never negative: about half of them are zero, and neither weights nor time are spent on those. The
/// only kernel whose time depends on its inputs' values.
/// </summary>
internal sealed class SparseFamily : IFamily
{
    private const int FewestInputs = 16;

    /// <summary>Offsets of a list and of weights are short.</summary>
    private const int MostInputs = 1024;

    public IEnumerable<Candidate> Match(Node node, Core core) => [];

    public IEnumerable<Candidate> Match(Node node, Core core, Graph graph)
    {
        if (node.Op is not Ops.FullyConnected || PortableCall.Of(node, "fully_connected_s8") is not { } call || !IsBehindRelu(node, graph) || !DenseFamily.Fits(call)
            || call["batch"] != 1 || call["in_size"] is < FewestInputs or > MostInputs || call["out_size"] < SparseRoutine.BlockRows
            || !PackedProduct.Fits(call.Constant<sbyte>(1))
            || DenseFamily.Channels(call, DenseFamily.Ranges(call)) is not { } channels || DenseFamily.Shared(channels) is not { } shared)
        {
            yield break;
        }

        var shape = new DenseShape(1, call["in_size"], call["out_size"], SparseRoutine.BlockRows, FlipsInput: false, Packed: true, shared, call["min"], call["max"]);
        yield return new Candidate(
            "fully_connected",
            [.. node.Inputs.Select(_ => Layout.RowMajor)],
            [Layout.RowMajor],
            Cycles(shape, core),
            relaid => [Call(relaid, call, channels, shape, core)])
        {
            Variant = "inputs of zero passed over",
            Scratch = SparseRoutine.ScratchOf(shape, core),
            Flash = WeightBytes(shape),
            Lines = WeightBytes(shape) / 2 / Candidate.LineBytes,
        };
    }

    private static bool IsBehindRelu(Node node, Graph graph) =>
        graph.ProducerOf(node.Input) is { Op: Ops.FullyConnected } && node.Input.Quantization is { IsPerTensor: true, ZeroPoint: sbyte.MinValue };

    private static KernelCall Call(Node node, PortableCall call, IReadOnlyList<OutputChannel> channels, DenseShape shape, Core core)
    {
        var weights = call.Constant<sbyte>(1)!;

        // For inputs that are 128 larger.
        int[] bias = [.. call.Constant<int>(2)!.Select((b, o) => unchecked(b + (sbyte.MinValue * weights.AsSpan(o * shape.InSize, shape.InSize).ToArray().Sum(weight => weight))))];
        return new KernelCall(
            "fully_connected",
            [],
            [
                node.Input,
                ConstantOperand.Of("weights", [.. SparseRoutine.Pack(weights, shape)]),
                ConstantOperand.Of("table", DenseOutput.TableOf(shape, first => SparseRoutine.Ordered(DenseOutput.TableOf(shape, channels, bias, first)))),
            ],
            [node.Output],
            SparseRoutine.ScratchOf(shape, core))
        {
            Routine = SparseRoutine.Of(shape, core),
            Remark = $"requantized by one shift ({shape.Shared!.Value.Shift}), proved; inputs of zero passed over: cycles are for half of them, at most twice as many",
        };
    }

    private static long WeightBytes(DenseShape shape) => (long)shape.Blocks * shape.BlockRows * shape.InSize;

    // Of half of the inputs.
    private static long Cycles(DenseShape shape, Core core)
    {
        var pairs = shape.InSize / 4;
        return core == Core.CortexM7
            ? (shape.InSize * 7) + (shape.Blocks * ((pairs * 15) + 110)) + 100
            : (shape.InSize * 8) + (shape.Blocks * ((pairs * 59 / 2) + 85)) + 200;
    }
}
