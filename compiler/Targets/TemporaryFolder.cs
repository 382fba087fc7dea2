// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Targets;

/// <summary>A folder of its own for one run, deleted with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tinyinfer-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
