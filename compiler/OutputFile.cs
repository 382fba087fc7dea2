// SPDX-License-Identifier: MIT
using System.Text;

namespace TinyInfer.Compiler;

/// <summary>A file the user asked for: written beside its place and renamed, so that it is there whole or not at all.</summary>
internal static class OutputFile
{
    public static void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var aside = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            if (Directory.Exists(path))
            {
                throw new IOException("a directory is in its place");
            }

            File.WriteAllBytes(aside, bytes);
            File.Move(aside, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            TryDelete(aside);
            throw new CompilerException($"{path}: the file cannot be written: {Reason(failure, Path.GetDirectoryName(Path.GetFullPath(path))!)}");
        }
    }

    /// <summary>Makes the folder, and those above it, when it is not there.</summary>
    public static void CreateFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CompilerException($"{path}: the directory cannot be made: {Reason(failure, path)}");
        }
    }

    private static string Reason(Exception failure, string folder) => failure switch
    {
        UnauthorizedAccessException => "permission denied",
        _ when FileAbove(folder) is { } file => $"{file} is a file",
        DirectoryNotFoundException => $"there is no directory {folder}",
        _ => failure.Message,
    };

    private static string? FileAbove(string path)
    {
        for (var above = Path.GetFullPath(path); above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
            {
                return above;
            }
        }

        return null;
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The folder itself cannot be written; nothing was left there.
        }
    }
}
