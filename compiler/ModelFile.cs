// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;

namespace TinyInfer.Compiler;

/// <summary>A .tflite file on disk; whatever is wrong with it becomes one sentence that names the file.</summary>
internal static class ModelFile
{
    /// <summary>Reads and compiles the file. A model of the file name "model" is named after its folder.</summary>
    public static CompiledModel Compile(string path, string? name = null, params IReadOnlyList<Core> cores) =>
        Compile(path, name, resetState: false, cores);

    /// <param name="resetState">Every invocation starts from the initial state.</param>
    /// <param name="goal">What generated code is chosen for.</param>
    /// <param name="limits">Within which RAM and flash.</param>
    public static CompiledModel Compile(string path, string? name, bool resetState, IReadOnlyList<Core> cores, Goal goal = Goal.Balanced, Limits? limits = null) =>
        Named(path, bytes => Compiler.Compile(bytes, name ?? NameOf(path), resetState, cores, goal, limits));

    /// <summary>Reads the file and does something with its bytes; a refusal gets the file's name in front.</summary>
    public static T Named<T>(string path, Func<byte[], T> work)
    {
        var bytes = Read(path);
        try
        {
            return work(bytes);
        }
        catch (CompilerException refusal)
        {
            throw new CompilerException($"{path}: {refusal.Message}");
        }
    }

    /// <summary>The bytes of a file that exists and can be read.</summary>
    public static byte[] Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new CompilerException($"{path}: this is a directory, not a file");
        }

        if (!File.Exists(path))
        {
            throw new CompilerException($"{path}: there is no such file");
        }

        try
        {
            return File.ReadAllBytes(path);
        }
        catch (UnauthorizedAccessException)
        {
            throw new CompilerException($"{path}: the file cannot be read: permission denied");
        }
        catch (IOException failure)
        {
            throw new CompilerException($"{path}: the file cannot be read: {failure.Message}");
        }
    }

    private static string NameOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return name == "model" && Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(path))) is { Length: > 0 } folder ? folder : name;
    }
}
