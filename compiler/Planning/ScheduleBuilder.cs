// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Planning;

/// <summary>Lowers every node, lets values share memory, and drops the calls that sharing made superfluous.</summary>
internal static class ScheduleBuilder
{
    /// <summary>On portable kernels.</summary>
    public static Schedule Build(Graph graph) => Build(graph, node => node.PortableCalls);

    /// <param name="lower">The kernel calls of a node.</param>
    public static Schedule Build(Graph graph, Func<Node, IReadOnlyList<KernelCall>> lower)
    {
        var sharing = Sharing.Of(graph, lower);
        return Build(graph, sharing.Values, sharing.Groups, sharing.Lifetimes);
    }

    /// <summary>Every value in a buffer of its own and every call made: what sharing is tested against.</summary>
    public static Schedule BuildApart(Graph graph)
    {
        var values = new ComputedValues(graph);
        var groups = new StorageGroups(values);
        return Build(graph, values, groups, new Lifetimes(values, LoweredCall.Of(values, [], node => node.PortableCalls), groups));
    }

    private static Schedule Build(Graph graph, ComputedValues values, StorageGroups groups, Lifetimes lifetimes)
    {
        var steps = lifetimes.Steps.Select(ToStep).ToArray();

        var states = graph.States.Select(state => groups.GroupOf(values.NumberOf(state.Value))).ToHashSet();
        var storage = new Dictionary<Value, Storage>();
        foreach (var members in Enumerable.Range(0, values.Count).GroupBy(groups.GroupOf))
        {
            var (first, last) = (lifetimes.First(members.Key), lifetimes.Last(members.Key));
            var largest = members.MaxBy(value => values[value].ByteSize);
            var region = states.Contains(members.Key) ? MemoryRegion.State : MemoryRegion.Arena;
            var buffer = new Buffer(values[largest].Name, region, lifetimes.Size(members.Key), first, last);

            foreach (var value in members)
            {
                storage[values[value]] = new Storage(buffer, groups.OffsetOf(value));
            }
        }

        var buffers = storage.Values.Select(place => place.Buffer).Concat(steps.Select(step => step.Scratch).OfType<Buffer>());
        return new Schedule(graph, steps, [.. buffers.Distinct().Where(buffer => buffer.First <= buffer.Last)], storage);
    }

    private static Step ToStep(LoweredCall lowered, int index) => new(lowered.Call, lowered.Node)
    {
        Scratch = lowered.Call.Scratch > 0
            ? new Buffer($"{lowered.Node.Output.Name}/scratch", MemoryRegion.Arena, lowered.Call.Scratch, index, index)
            : null,
    };
}
