// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Emit;

/// <summary>What <c>report.md</c>, <c>report.json</c> and <c>inspect</c> say of a compiled model. Sizes are bytes.</summary>
/// <param name="NominalMacs">Multiply-accumulates of the model as it stands in the file.</param>
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
    IReadOnlyList<ReportLayer> Layers)
{
    public static Report Of(CompiledModel model)
    {
        var (schedule, plan) = (model.Schedule, model.Plan);

        return new Report(
            model.Name,
            model.NominalMacs,
            schedule.Graph.Nodes.Sum(node => node.Op.Macs(node)),
            plan.ArenaSize,
            plan.LowerBound,
            plan.ProvedOptimal,
            plan.RegionSizes.GetValueOrDefault(MemoryRegion.State),
            model.Image.Length,
            [.. schedule.Graph.Inputs.Select(value => TensorOf(model, value))],
            [.. schedule.Graph.Outputs.Select(value => TensorOf(model, value))],
            [.. schedule.Steps.Index().Select(step => LayerOf(model, step.Index, step.Item))]);
    }

    private static ReportLayer LayerOf(CompiledModel model, int index, Step step) => new(
        index,
        step.Node.Origin.Name,
        step.Node.Op.ToString(),
        step.Call.Kernel,
        IsFirstOfNode(model.Schedule, index) ? step.Node.Op.Macs(step.Node) : 0,
        step.Call.Inputs.Sum(ConstantBytes),
        [.. step.Call.Inputs.OfType<ValueOperand>().Where(operand => !operand.Value.IsConstant).Select(operand => TensorOf(model, operand.Value))],
        [.. step.Call.Outputs.OfType<ValueOperand>().Select(operand => TensorOf(model, operand.Value))]);

    // A node that lowers to several steps has its MACs counted once.
    private static bool IsFirstOfNode(Schedule schedule, int index) =>
        index == 0 || schedule.Steps[index - 1].Node != schedule.Steps[index].Node;

    private static int ConstantBytes(Operand operand) => operand switch
    {
        ConstantOperand constant => constant.Bytes.Length,
        ValueOperand { Value.IsConstant: true } view => view.Value.ByteSize,
        _ => 0,
    };

    private static ReportTensor TensorOf(CompiledModel model, Value value)
    {
        var place = model.Schedule.Storage.TryGetValue(value, out var storage)
            ? (Region: storage.Buffer.Region, Offset: model.Plan.Offsets[storage.Buffer] + storage.Offset)
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

/// <summary>One step. <paramref name="ConstantBytes"/>: weights, bias and tables in flash.</summary>
internal sealed record ReportLayer(
    int Index,
    string Name,
    string Op,
    string Kernel,
    long Macs,
    int ConstantBytes,
    IReadOnlyList<ReportTensor> Inputs,
    IReadOnlyList<ReportTensor> Outputs);

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
