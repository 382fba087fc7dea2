// SPDX-License-Identifier: MIT
using System.Text.Json;
using TinyInfer.Compiler.Emit;

namespace TinyInfer.Compiler.Bench;

/// <summary>The numbers of the last bench, docs/bench/bench.json: cycles by model, goal and timing, and bytes on Cortex-M4. Tests hold some of them.</summary>
internal static class BenchGolden
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Keys are the model and the goal: "core/mww_vad_v2 latency".</summary>
    public static SortedDictionary<string, Numbers> Read(string path) => File.Exists(path)
        ? new(JsonSerializer.Deserialize<Dictionary<string, Numbers>>(File.ReadAllText(path), Options) ?? [], StringComparer.Ordinal)
        : new(StringComparer.Ordinal);

    public static string Write(SortedDictionary<string, Numbers> numbers) => ReportJson.Write(numbers);

    public static string KeyOf(BenchRow row) => $"{row.Model} {row.Goal.ToString().ToLowerInvariant()}";

    public static Numbers Of(BenchRow row) => new(
        FlashTiming.All.Zip(row.Profiles).ToDictionary(pair => pair.First.Name, pair => pair.Second.Cycles), row.M4.ArenaBytes, row.M4.RamBytes.State, row.M4.StackBytes, row.M4.ImageBytes, row.M4.CodeBytes);

    /// <summary>A line for each model whose numbers differ: M4 cycles before and after.</summary>
    public static IEnumerable<string> Changes(IReadOnlyDictionary<string, Numbers> before, IReadOnlyDictionary<string, Numbers> now) =>
        from key in before.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
        let pair = (Old: before.GetValueOrDefault(key), New: now.GetValueOrDefault(key))
        where pair.Old is null || pair.New is null || !pair.Old.Same(pair.New)
        select $"{key}: {pair.Old?.ToString() ?? "absent"} -> {pair.New?.ToString() ?? "absent"}";

    /// <param name="Cycles">By the name of the timing.</param>
    internal sealed record Numbers(Dictionary<string, long> Cycles, int ArenaBytes, int StateBytes, int StackBytes, int ImageBytes, int CodeBytes)
    {
        public bool Same(Numbers other) =>
            this with { Cycles = other.Cycles } == other && Cycles.Count == other.Cycles.Count && Cycles.All(pair => other.Cycles.GetValueOrDefault(pair.Key) == pair.Value);

        public override string ToString() =>
            $"{string.Join(", ", Cycles.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value:N0}")))}; arena {ArenaBytes}, stack {StackBytes}, image {ImageBytes}, code {CodeBytes}";
    }
}
