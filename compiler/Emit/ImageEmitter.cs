// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Emit;

/// <summary>Writes a model image. The byte layout is specified in docs/IMAGE_FORMAT.md and declared in runtime/ti_image.h.</summary>
internal sealed class ImageEmitter
{
    public const int Version = 1;
    private const uint Magic = 0x314D4954;
    private const int MaxRank = 6;
    private const int HeaderWords = 22;
    private const int TensorWords = 13;
    private const int StepWords = 4;

    private readonly Schedule _schedule;
    private readonly ArenaPlan _plan;
    private readonly ImageHeap _heap = new();

    private ImageEmitter(Schedule schedule, ArenaPlan plan)
    {
        _schedule = schedule;
        _plan = plan;
    }

    /// <param name="metadata">Key and value pairs that the image carries: labels, description.</param>
    /// <param name="golden">Recorded inferences, with which a device can test itself.</param>
    public static byte[] Emit(
        Schedule schedule, ArenaPlan plan, IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<GoldenCase> golden) =>
        new ImageEmitter(schedule, plan).Image(metadata, golden);

    private byte[] Image(IReadOnlyList<KeyValuePair<string, string>> metadata, IReadOnlyList<GoldenCase> golden)
    {
        var header = _heap.Reserve(HeaderWords);
        var inputs = Table(_schedule.Graph.Inputs, TensorWords, Tensor);
        var outputs = Table(_schedule.Graph.Outputs, TensorWords, Tensor);
        var steps = Table(_schedule.Steps, StepWords, Step);
        var pairs = Table(metadata, 2, pair => [_heap.String(pair.Key), _heap.String(pair.Value)]);
        var cases = Table(golden, 2, item => [Recorded(item.Inputs, _schedule.Graph.Inputs), Recorded(item.Outputs, _schedule.Graph.Outputs)]);
        var name = _heap.String(_schedule.Graph.Name);

        _heap.Put(header, [
            Magic, Version, _heap.Length, 0,
            name,
            0, .. new[] { MemoryRegion.Arena, MemoryRegion.State, MemoryRegion.Fast }.Select(region => (uint)_plan.RegionSizes.GetValueOrDefault(region)),
            0,
            .. inputs, .. outputs, .. steps,
            0, 0,
            .. pairs, .. cases,
        ]);

        return _heap.WithChecksum(at: 12, from: 16);
    }

    private uint[] Table<T>(IReadOnlyList<T> items, int words, Func<T, uint[]> record)
    {
        var at = _heap.Reserve(items.Count * words);
        foreach (var (index, item) in items.Index())
        {
            _heap.Put(at + (uint)(index * words * sizeof(uint)), record(item));
        }

        return [at, (uint)items.Count];
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
    private uint Recorded(ReadOnlyMemory<byte> bytes, IReadOnlyList<Value> tensors)
    {
        var padded = new List<byte>();
        foreach (var tensor in tensors)
        {
            padded.AddRange(bytes[..tensor.ByteSize].Span);
            padded.AddRange(new byte[-tensor.ByteSize & (sizeof(uint) - 1)]);
            bytes = bytes[tensor.ByteSize..];
        }

        return _heap.Constant(padded.ToArray());
    }

    private uint[] Step(Step step)
    {
        var call = step.Call;
        KernelTable.CheckParameters(call);
        var parameters = _heap.Words([.. call.Parameters.SelectMany(Words)]);
        var scratch = step.Scratch is { } buffer ? Location(buffer.Region, _plan.Offsets[buffer]) : 0;
        var operands = _heap.Words([.. call.Inputs.Concat(call.Outputs).SelectMany(Place), scratch, (uint)call.Scratch]);
        var counts = (uint)KernelTable.NumberOf(call.Kernel) | ((uint)call.Inputs.Count << 16) | ((uint)call.Outputs.Count << 24);

        return [counts, parameters, operands, _heap.String(step.Node.Origin.Name)];
    }

    private static IEnumerable<uint> Words(Field field) => field.Content switch
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
                var (buffer, offset) = _schedule.Storage[view.Value];
                return [Location(buffer.Region, _plan.Offsets[buffer] + offset + view.ByteOffset), (uint)view.ByteSize];
            default:
                throw new InvalidOperationException(operand.ToString());
        }
    }

    private static uint Location(MemoryRegion region, int offset)
    {
        const int OffsetBits = 28;
        return offset < 1 << OffsetBits
            ? ((uint)region << OffsetBits) | (uint)offset
            : throw new CompilerException($"the model needs more than {1 << OffsetBits} bytes in one memory region");
    }
}
