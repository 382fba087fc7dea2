// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Commands;

/// <summary>Writes a set of files into a folder so that none is ever seen half written: each beside its place first, all renamed at the end.</summary>
internal static class OutputFolder
{
    /// <summary>Returns the paths written.</summary>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<(string Name, byte[] Content)> files)
    {
        var aside = files.Select(file => Path.Combine(folder, $".{file.Name}.{Environment.ProcessId}.part")).ToList();
        try
        {
            OutputFile.CreateFolder(folder);
            foreach (var ((_, content), path) in files.Zip(aside))
            {
                File.WriteAllBytes(path, content);
            }

            foreach (var ((name, _), path) in files.Zip(aside))
            {
                File.Move(path, Path.Combine(folder, name), overwrite: true);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CompilerException($"{folder}: cannot be written: {failure.Message}");
        }
        finally
        {
            Remove(aside);
        }

        return [.. files.Select(file => Path.Combine(folder, file.Name))];
    }

    private static void Remove(IEnumerable<string> paths)
    {
        foreach (var path in paths.Where(File.Exists))
        {
            File.Delete(path);
        }
    }
}
