// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using TinyInfer.Compiler.Planning;
using Xunit;
using Buffer = TinyInfer.Compiler.Planning.Buffer;

namespace TinyInfer.Compiler.Tests.Planning;

public sealed class ArenaPlannerTests
{
    [Fact]
    public void Buffers_alive_together_never_overlap() => Prop.ForAll(Sets(12), set =>
    {
        var buffers = set.Buffers;
        var plan = Plan(buffers);

        return plan.ArenaSize >= plan.LowerBound
            && buffers.All(buffer => plan.Offsets[buffer] % 4 == 0 && plan.Offsets[buffer] + buffer.Size <= plan.ArenaSize)
            && buffers.All(a => buffers.All(b => a == b || !a.Overlaps(b)
                || plan.Offsets[a] + a.Size <= plan.Offsets[b] || plan.Offsets[b] + b.Size <= plan.Offsets[a]));
    }).QuickCheckThrowOnFailure();

    // Every packing pushed down comes from placing the buffers in some order, each on top of what is below it.
    [Fact]
    public void A_proved_plan_is_as_low_as_the_best_of_all_orders() => Prop.ForAll(Sets(6), set =>
    {
        var plan = Plan(set.Buffers);
        return plan.ProvedOptimal && plan.ArenaSize == Orders(set.Buffers).Min(Stacked);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_search_without_budget_says_that_it_proved_nothing()
    {
        var problem = new PackingProblem([new Buffer("a", MemoryRegion.Arena, 8, 0, 1), new Buffer("b", MemoryRegion.Arena, 4, 2, 3)]);
        var high = new Packing([0, 8], 12);

        Assert.Equal((high, false), OffsetSearch.Improve(problem, high, budget: 0));

        var (lowest, isOptimal) = OffsetSearch.Improve(problem, high, budget: 100);
        Assert.True(isOptimal);
        Assert.Equal((0, 0, 8), (lowest.Offsets[0], lowest.Offsets[1], lowest.Height));
    }

    [Fact]
    public void Regions_are_planned_apart()
    {
        var arena = new Buffer("a", MemoryRegion.Arena, 10, 0, 1);
        var fast = new Buffer("b", MemoryRegion.Fast, 20, 0, 1);
        var plan = Plan([arena, fast]);

        Assert.Equal((0, 0), (plan.Offsets[arena], plan.Offsets[fast]));
        Assert.Equal((12, 20), (plan.RegionSizes[MemoryRegion.Arena], plan.RegionSizes[MemoryRegion.Fast]));
    }

    private static ArenaPlan Plan(IReadOnlyList<Buffer> buffers) =>
        ArenaPlanner.Plan(new Schedule(new FakeGraph().Build([]), [], buffers, new Dictionary<Ir.Value, Storage>()));

    private static Arbitrary<BufferSet> Sets(int most) =>
        (from seed in Gen.Choose(0, int.MaxValue) from count in Gen.Choose(1, most) select new BufferSet(Random(new Random(seed), count))).ToArbitrary();

    private static Buffer[] Random(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var first = random.Next(-1, 6);
            return new Buffer($"b{i}", MemoryRegion.Arena, 4 * random.Next(1, 6), first, first + random.Next(0, 4));
        }),
    ];

    private static IEnumerable<IReadOnlyList<Buffer>> Orders(IReadOnlyList<Buffer> buffers) => buffers.Count == 0
        ? [[]]
        : buffers.SelectMany(first => Orders([.. buffers.Where(other => other != first)]).Select(rest => (IReadOnlyList<Buffer>)[first, .. rest]));

    private static int Stacked(IReadOnlyList<Buffer> order)
    {
        var top = new Dictionary<Buffer, int>();
        foreach (var buffer in order)
        {
            top[buffer] = buffer.Size + top.Where(placed => placed.Key.Overlaps(buffer)).Select(placed => placed.Value).DefaultIfEmpty(0).Max();
        }

        return top.Values.Max();
    }

    private sealed record BufferSet(IReadOnlyList<Buffer> Buffers)
    {
        public override string ToString() => string.Join("; ", Buffers);
    }
}
