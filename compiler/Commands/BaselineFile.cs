// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace TinyInfer.Compiler.Commands;

/// <summary>What another engine costs for the same model, measured once under the same cycle model; the file says how.</summary>
internal sealed record BaselineFile(string Engine, BaselineFile.Cost M4, BaselineFile.Cost M7)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Null when there is no such file.</summary>
    public static BaselineFile? Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<BaselineFile>(File.ReadAllText(path), Options) : null;

    internal sealed record Cost(long Cycles, int ArenaBytes, int CodeBytes);
}
