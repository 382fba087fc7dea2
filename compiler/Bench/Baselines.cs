// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace TinyInfer.Compiler.Bench;

/// <summary>What another engine costs for the models of a corpus: a JSON file with "engine" and, by model and core, cycles and bytes.</summary>
internal sealed record Baselines(string Engine, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Baselines.Cost>> Models)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Baselines None { get; } = new("nothing", new Dictionary<string, IReadOnlyDictionary<string, Cost>>());

    /// <summary>The file's figures, or none when there is no such file.</summary>
    public static Baselines Read(string path) => File.Exists(path)
        ? JsonSerializer.Deserialize<Baselines>(File.ReadAllText(path), Options) ?? None
        : None;

    /// <param name="core">m4 or m7.</param>
    public Cost? Of(string model, string core) =>
        Models.TryGetValue(model, out var cores) ? cores.GetValueOrDefault(core) : null;

    internal sealed record Cost(long Cycles, int ArenaBytes, int CodeBytes);
}
