// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;

namespace TinyInfer.Compiler.Targets;

/// <summary>
/// Compiled files in <c>artifacts/targets/NAME/HASH/</c>, where HASH covers everything they depend on. An entry is made beside
/// its place and renamed, so any number of processes may build at once and a half-made entry is never seen.
/// </summary>
internal sealed class BuildCache(SourceTree tree, Build build)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private readonly string _folder = Path.Combine(tree.Artifacts, "targets", build.Name);
    private readonly IReadOnlyList<string> _flags = build.Flags(tree);
    private readonly Lazy<string> _environment = new(() => Environment(tree, build));

    /// <summary>Compiles sources of the tree, two at a time; returns the object files in the same order.</summary>
    public IReadOnlyList<string> Objects(IReadOnlyList<string> sources)
    {
        var objects = new string[sources.Count];
        try
        {
            Parallel.For(0, sources.Count, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i => objects[i] = Object(sources[i]));
        }
        catch (AggregateException failures) when (failures.InnerExceptions.OfType<CompilerException>().FirstOrDefault() is { } first)
        {
            throw first;
        }

        return objects;
    }

    /// <summary>A static library of object files.</summary>
    public string Library(string name, IReadOnlyList<string> objects) => Entry(
        [name, .. objects],
        name,
        path => Run(build.Archiver, ["rcsD", path, .. objects], name));

    /// <summary>A program or shared library straight from sources of the tree, with flags of its own.</summary>
    public string Program(string name, IReadOnlyList<string> flags, IReadOnlyList<string> files, IReadOnlyList<string> libraries) => Entry(
        [name, .. flags, .. files.Select(file => file + File.ReadAllText(tree.PathOf(file)))],
        name,
        path => Run(build.Compiler, [.. flags, .. files.Where(file => file.EndsWith(".c")).Select(tree.PathOf), "-o", path, .. libraries], name));

    /// <summary>A program for the host.</summary>
    public string Program(string name, IReadOnlyList<string> objects) => Program(name, [], objects);

    /// <summary>A program or shared library for the host, linked with flags of its own.</summary>
    public string Program(string name, IReadOnlyList<string> flags, IReadOnlyList<string> objects) => Entry(
        [name, .. flags, .. objects],
        name,
        path => Run(build.Compiler, [.. _flags, .. flags, .. objects, "-lm", "-o", path], name));

    /// <summary>Compiles a source that is made for the occasion.</summary>
    public string Object(string name, string text) => Entry(
        [_environment.Value, name, text],
        Path.ChangeExtension(name, ".o"),
        path =>
        {
            var source = Path.Combine(Path.GetDirectoryName(path)!, name);
            File.WriteAllText(source, text);
            Run(build.Compiler, [.. _flags, "-c", source, "-o", path], name);
        });

    private string Object(string source) => Entry(
        [_environment.Value, source, File.ReadAllText(tree.PathOf(source))],
        Path.ChangeExtension(Path.GetFileName(source), ".o"),
        path => Run(build.Compiler, [.. _flags, "-c", tree.PathOf(source), "-o", path], source));

    private string Entry(IEnumerable<string> contents, string name, Action<string> make)
    {
        var entry = Path.Combine(_folder, Hash(contents));
        var file = Path.Combine(entry, name);
        if (File.Exists(file))
        {
            return file;
        }

        var aside = $"{entry}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(aside);
        try
        {
            make(Path.Combine(aside, name));
            Directory.Move(aside, entry);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Somebody else has built the same entry meanwhile.
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }

        return file;
    }

    private void Run(string tool, IEnumerable<string> arguments, string what)
    {
        var result = Tool.Run(tool, arguments, tree.Root, Limit);
        if (result.ExitCode != 0)
        {
            throw new CompilerException($"{what} does not build for {build.Name}:\n{result.Error.Trim()}");
        }
    }

    // What every object depends on besides its own source: compiler, flags, and all headers.
    private static string Environment(SourceTree tree, Build build)
    {
        var version = Tool.Run(build.Compiler, ["-dumpfullversion"], tree.Root, Limit).Output;
        var headers = tree.Files(["firmware-interop", "emulator/common"], ".h", ".def").Select(file => file + File.ReadAllText(tree.PathOf(file)));
        return Hash([version, .. build.Flags(tree), .. headers]);
    }

    private static string Hash(IEnumerable<string> contents)
    {
        var text = string.Join('\0', contents);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
