// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Emit;

/// <summary>Writes a model image. The byte layout is specified in docs/IMAGE_FORMAT.md and declared in runtime/ti_image.h.</summary>
internal sealed class ImageEmitter
{
    public const int Version = 3;
    private const uint CodeAbi = 2;
    private const int CodeKernel = 0;
    private const uint Magic = 0x314D4954;
    private const int MaxRank = 6;
    private const int HeaderWords = 11;
    private const int ProgramWords = 16;
    private const int TensorWords = 13;
    private const int StepWords = 5;

    private readonly ImageHeap _heap;
    private readonly CoreProgram _program;
    private readonly uint _code;

    private ImageEmitter(ImageHeap heap, CoreProgram program, uint code)
    {
        (_heap, _program, _code) = (heap, program, code);
    }

    /// <param name="programs">At most one for each core; all have the same inputs and outputs.</param>
    /// <param name="metadata">Key and value pairs that the image carries: labels, description.</param>
    /// <param name="golden">Recorded inferences, with which a device can test itself.</param>
    public static byte[] Emit(IReadOnlyList<CoreProgram> programs, IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<GoldenCase> golden)
    {
        var heap = new ImageHeap();
        var graph = programs[0].Schedule.Graph;
        var header = heap.Reserve(HeaderWords);
        var code = CodeImage.Of(programs.Select(program => program.Code?.Bytes ?? default));
        heap.Align(code.Bytes.Length > 0 ? CodeBlock.Alignment : sizeof(uint));
        var start = heap.Append(code.Bytes.Span);
        var table = heap.Table([.. programs.Zip(code.Offsets)], ProgramWords, program => new ImageEmitter(heap, program.First, start + program.Second).Program());
        var pairs = heap.Table(metadata, 2, pair => [heap.String(pair.Key), heap.String(pair.Value)]);
        var cases = heap.Table(golden, 2, item => [Recorded(heap, item.Inputs, graph.Inputs), Recorded(heap, item.Outputs, graph.Outputs)]);
        var name = heap.String(graph.Name);

        // Generated code reads whole words: up to three bytes behind a constant.
        heap.Reserve(1);
        heap.Put(header, [Magic, Version, heap.Length, 0, name, .. table, .. pairs, .. cases]);
        return heap.WithChecksum(at: 12, from: 16);
    }

    private uint[] Program()
    {
        var graph = _program.Schedule.Graph;
        uint[] code = _program.Code is { } block ? [_code, (uint)block.Bytes.Length, (uint)block.HotBytes] : [0, 0, 0];

        return
        [
            (uint)_program.Core,
            _program.Core == Core.Portable ? 0 : CodeAbi,
            0, .. new[] { MemoryRegion.Arena, MemoryRegion.State, MemoryRegion.Fast }.Select(region => (uint)_program.Plan.RegionSizes.GetValueOrDefault(region)),
            InitialState.Of(_program.Schedule, _program.Plan) is { } state ? _heap.Constant(state) : 0,
            .. _heap.Table(graph.Inputs, TensorWords, Tensor), .. _heap.Table(graph.Outputs, TensorWords, Tensor), .. _heap.Table(_program.Schedule.Steps, StepWords, Step),
            .. code,
        ];
    }

    private uint[] Tensor(Value value)
    {
        if (value.Shape.Rank > MaxRank)
        {
            throw new CompilerException(
                $"tensor {Quoted.Name(value.Name)}: an input or output with {value.Shape.Rank} dimensions is not supported (supported: {MaxRank})");
        }

        var place = value.IsConstant
            ? [_heap.Constant(value.Constant!.Value), (uint)value.ByteSize]
            : Place(new ValueOperand(value));
        var quantization = value.Quantization;

        return
        [
            .. place,
            _heap.String(value.Name),
            (uint)value.Type,
            (uint)value.Shape.Rank,
            .. value.Shape.Dimensions.Concat(Enumerable.Repeat(1, MaxRank - value.Shape.Rank)).Select(dimension => (uint)dimension),
            BitConverter.SingleToUInt32Bits(quantization is { IsPerTensor: true } ? quantization.Scale : 0),
            (uint)(quantization is { IsPerTensor: true } ? quantization.ZeroPoint : 0),
        ];
    }

    // The tensors of a recorded inference, each padded to whole words.
    private static uint Recorded(ImageHeap heap, ReadOnlyMemory<byte> bytes, IReadOnlyList<Value> tensors)
    {
        var padded = new List<byte>();
        foreach (var tensor in tensors)
        {
            padded.AddRange(bytes[..tensor.ByteSize].Span);
            padded.AddRange(new byte[-tensor.ByteSize & (sizeof(uint) - 1)]);
            bytes = bytes[tensor.ByteSize..];
        }

        return heap.Constant(padded.ToArray());
    }

    private uint[] Step(Step step)
    {
        var call = step.Call;
        KernelTable.CheckParameters(call);
        var parameters = _heap.Words([.. call.Parameters.SelectMany(Words)]);
        var scratch = step.Scratch is { } buffer ? Location(buffer.Region, _program.Plan.Offsets[buffer]) : 0;
        var operands = _heap.Words([.. call.Inputs.Concat(call.Outputs).SelectMany(Place), scratch, (uint)call.Scratch]);
        var (kernel, entry) = call switch
        {
            { Routine: { } routine } => (CodeKernel, _program.Code!.Entries[routine.Name]),
            { Target: { } label } => (KernelTable.NumberOf(call.Kernel), _program.Schedule.StepAt(label)),
            _ => (KernelTable.NumberOf(call.Kernel), 0),
        };
        var counts = (uint)kernel | ((uint)call.Inputs.Count << 16) | ((uint)call.Outputs.Count << 24);

        return [counts, (uint)entry, parameters, operands, _heap.String(step.Node.Origin.Name)];
    }

    /// <summary>A parameter as it lies in the image.</summary>
    public static IEnumerable<uint> Words(Field field) => field.Content switch
    {
        int number => [(uint)number],
        float number => [BitConverter.SingleToUInt32Bits(number)],
        int[] numbers => numbers.Select(number => (uint)number),
        _ => throw new InvalidOperationException($"field {field.Name} is a {field.Content.GetType().Name}"),
    };

    private uint[] Place(Operand operand)
    {
        switch (operand)
        {
            case ConstantOperand constant:
                return [_heap.Constant(constant.Bytes), (uint)constant.Bytes.Length];
            case ValueOperand { Value.Constant: { } bytes } view:
                return [_heap.Constant(bytes) + (uint)view.ByteOffset, (uint)view.ByteSize];
            case ValueOperand view:
                var (buffer, offset) = _program.Schedule.Storage[view.Value];
                return [Location(buffer.Region, _program.Plan.Offsets[buffer] + offset + view.ByteOffset), (uint)view.ByteSize];
            default:
                throw new InvalidOperationException(operand.ToString());
        }
    }

    private static uint Location(MemoryRegion region, int offset)
    {
        return offset < 1 << ArenaPlan.OffsetBits
            ? ((uint)region << ArenaPlan.OffsetBits) | (uint)offset
            : throw new CompilerException($"the model needs more than {1 << ArenaPlan.OffsetBits} bytes in one memory region");
    }
}
