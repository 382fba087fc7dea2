// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler.Tests.Commands;

/// <summary>A folder for the files of one test.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("tinyinfer-test-").FullName;

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    public string Write(string name, TfliteModel model) => Write(name, TfliteWriter.Write(model));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
