// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Emit;

/// <summary>What <c>report.md</c>, <c>report.json</c> and <c>inspect</c> say of a compiled model. Sizes are bytes.</summary>
/// <param name="NominalMacs">Multiply-accumulates of the model as it stands in the file.</param>
/// <param name="Programs">The same model for each core that code was generated for.</param>
/// <param name="Macs">Those that are left after the compiler's rewrites.</param>
internal sealed record Report(
    string Model,
    long NominalMacs,
    long Macs,
    int ArenaBytes,
    int ArenaLowerBound,
    bool ArenaProvedOptimal,
    int StateBytes,
    int ImageBytes,
    IReadOnlyList<ReportTensor> Inputs,
    IReadOnlyList<ReportTensor> Outputs,
    IReadOnlyList<ReportLayer> Layers,
    IReadOnlyList<ReportProgram> Programs)
{
    /// <summary>The loops of the model and what has become of them; null for none.</summary>
    public IReadOnlyList<ReportLoop>? Loops { get; init; }

    /// <summary>Of the portable program.</summary>
    public static Report Of(CompiledModel model) => Of(model, model.Programs[0]);

    public static Report Of(CompiledModel model, CoreProgram program)
    {
        var (schedule, plan) = (program.Schedule, program.Plan);

        return new Report(
            model.Name,
            model.NominalMacs,
            schedule.Graph.Macs(),
            plan.ArenaSize,
            plan.LowerBound,
            plan.ProvedOptimal,
            plan.RegionSizes.GetValueOrDefault(MemoryRegion.State),
            model.Image.Length,
            [.. schedule.Graph.Inputs.Select(value => TensorOf(program, value))],
            [.. schedule.Graph.Outputs.Select(value => TensorOf(program, value))],
            [.. schedule.Steps.Index().Select(step => LayerOf(program, step.Index, step.Item))],
            [.. model.Programs.Where(other => other.Core != Core.Portable).Select(ReportProgram.Of)])
        {
            Loops = ReportLoop.Of(schedule.Graph),
        };
    }

    private static ReportLayer LayerOf(CoreProgram program, int index, Step step) => new(
        index,
        step.Node.Origin.Name,
        step.Node.Op.ToString(),
        step.Call.Kernel,
        IsFirstOfNode(program.Schedule, index) ? step.Node.Macs : 0,
        step.Call.Inputs.Sum(ConstantBytes),
        [.. step.Call.Inputs.OfType<ValueOperand>().Where(operand => !operand.Value.IsConstant).Select(operand => TensorOf(program, operand.Value))],
        [.. step.Call.Outputs.OfType<ValueOperand>().Select(operand => TensorOf(program, operand.Value))])
    {
        Elimination = IsFirstOfNode(program.Schedule, index) ? ReportElimination.Of(step.Node) : null,
    };

    // A node that lowers to several steps has its MACs counted once.
    private static bool IsFirstOfNode(Schedule schedule, int index) =>
        index == 0 || schedule.Steps[index - 1].Node != schedule.Steps[index].Node;

    private static int ConstantBytes(Operand operand) => operand switch
    {
        ConstantOperand constant => constant.Bytes.Length,
        ValueOperand { Value.IsConstant: true } view => view.Value.ByteSize,
        _ => 0,
    };

    private static ReportTensor TensorOf(CoreProgram program, Value value)
    {
        var place = program.Schedule.Storage.TryGetValue(value, out var storage)
            ? (Region: storage.Buffer.Region, Offset: program.Plan.Offsets[storage.Buffer] + storage.Offset)
            : (Region: MemoryRegion.Image, Offset: 0);
        var quantization = value.Quantization is { IsPerTensor: true } perTensor ? perTensor : null;

        return new ReportTensor(
            value.Name,
            value.Type.DisplayName(),
            [.. value.Shape.Dimensions],
            place.Region.ToString().ToLowerInvariant(),
            place.Offset,
            value.ByteSize,
            quantization?.Scale,
            quantization?.ZeroPoint);
    }
}

/// <summary>A loop, and how it runs.</summary>
internal sealed record ReportLoop(string Name, string RunsAs)
{
    public static IReadOnlyList<ReportLoop>? Of(Graph graph)
    {
        ReportLoop[] loops =
        [
            .. from node in graph.Nodes
               let runsAs = (node.Op as NextTurn)?.Loop ?? (node.Op as Branch)?.Loop
               where runsAs is not null
               select new ReportLoop(node.Origin.Name, runsAs),
        ];
        return loops.Length == 0 ? null : loops;
    }
}

/// <summary>One step. <paramref name="ConstantBytes"/>: weights, bias and tables in flash.</summary>
internal sealed record ReportLayer(
    int Index,
    string Name,
    string Op,
    string Kernel,
    long Macs,
    int ConstantBytes,
    IReadOnlyList<ReportTensor> Inputs,
    IReadOnlyList<ReportTensor> Outputs)
{
    /// <summary>Null unless the compiler has taken channels out of the layer.</summary>
    public ReportElimination? Elimination { get; init; }
}

/// <summary>What the compiler has taken out of a layer without changing a byte of any output of the model.</summary>
/// <param name="ConstantChannels">Output channels that always hold one value.</param>
/// <param name="UnreadChannels">Output channels that nothing depends on.</param>
/// <param name="Bytes">Weights and bias.</param>
internal sealed record ReportElimination(
    int InputChannels, int InputChannelsLeft, int OutputChannels, int OutputChannelsLeft, int ConstantChannels, int UnreadChannels, long Macs, int Bytes)
{
    public static ReportElimination? Of(Node node) => node.Removed is not { } before ? null : new ReportElimination(
        before.Inputs,
        node.Input.Shape[-1],
        before.Outputs,
        node.Output.Shape[-1],
        before.Constant,
        before.Unread,
        before.Macs - node.Macs,
        before.Bytes - node.Inputs[1].ByteSize - node.Inputs[2].ByteSize);
}

/// <summary>A tensor at byte <paramref name="Offset"/> of its region; real = Scale * (stored - ZeroPoint).</summary>
internal sealed record ReportTensor(
    string Name,
    string Type,
    IReadOnlyList<int> Shape,
    string Region,
    int Offset,
    int Size,
    float? Scale,
    int? ZeroPoint);
