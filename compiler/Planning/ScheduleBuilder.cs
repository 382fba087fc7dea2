// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Planning;

/// <summary>
/// Lowers every node and decides which values share memory: views of their input (reshape), parts of a larger tensor
/// (concatenation) and outputs stored over an input that dies there.
/// </summary>
internal static class ScheduleBuilder
{
    public static Schedule Build(Graph graph)
    {
        var sharing = Sharing.Of(graph);
        var steps = new List<Step>();

        foreach (var node in graph.Nodes.Where(node => !sharing.NeedsNoKernel(node)))
        {
            foreach (var call in node.Op.Lower(node))
            {
                var scratch = call.Scratch > 0 ? new Buffer($"{node.Output.Name}/scratch", MemoryRegion.Arena) { Size = call.Scratch } : null;
                steps.Add(new Step(call, node) { Scratch = scratch });
            }
        }

        Lifetimes.Mark(graph, steps, sharing.Storage);
        var buffers = sharing.Storage.Values.Select(storage => storage.Buffer).Concat(steps.Select(step => step.Scratch).OfType<Buffer>());
        return new Schedule(graph, steps, [.. buffers.Distinct().Where(buffer => buffer.Last >= buffer.First)], sharing.Storage);
    }
}
