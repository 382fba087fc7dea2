// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Planning;

/// <summary>Marks each buffer with the first and last step that needs its contents.</summary>
internal static class Lifetimes
{
    public static void Mark(Graph graph, IReadOnlyList<Step> steps, IReadOnlyDictionary<Value, Storage> storage)
    {
        foreach (var (index, step) in steps.Index())
        {
            foreach (var operand in step.Call.Inputs.Concat(step.Call.Outputs).OfType<ValueOperand>())
            {
                if (storage.TryGetValue(operand.Value, out var place))
                {
                    Extend(place.Buffer, index);
                }
            }

            if (step.Scratch is { } scratch)
            {
                Extend(scratch, index);
            }
        }

        foreach (var input in graph.Inputs)
        {
            Extend(storage[input].Buffer, -1);
        }

        foreach (var output in graph.Outputs.Where(output => !output.IsConstant))
        {
            Extend(storage[output].Buffer, steps.Count);
        }
    }

    private static void Extend(Buffer buffer, int step)
    {
        buffer.First = Math.Min(buffer.First, step);
        buffer.Last = Math.Max(buffer.Last, step);
    }
}
