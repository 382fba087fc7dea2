// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text.RegularExpressions;

namespace TinyInfer.Compiler.Tests.Interop;

/// <summary>Stack of each function and who calls whom, from the reports of gcc's <c>-fcallgraph-info=su</c>.</summary>
internal sealed partial class CallGraph
{
    private const string Indirect = "__indirect_call";
    private readonly Dictionary<string, (int Stack, string File)> _functions = [];
    private readonly Dictionary<string, HashSet<string>> _calls = [];
    private readonly Dictionary<string, int> _depth = [];
    private readonly Func<string, int?> _bound;
    private readonly Func<CallGraph, string, IEnumerable<string>> _pointed;

    /// <param name="folder">With the .ci files.</param>
    /// <param name="bound">Stack of a function outside the sources.</param>
    /// <param name="pointed">What a function can call through pointers.</param>
    public CallGraph(string folder, Func<string, int?> bound, Func<CallGraph, string, IEnumerable<string>> pointed)
    {
        _bound = bound;
        _pointed = pointed;
        foreach (var line in Directory.EnumerateFiles(folder, "*.ci").Order(StringComparer.Ordinal).SelectMany(File.ReadLines))
        {
            Read(line);
        }
    }

    /// <summary>Functions of the sources: <c>name</c>, or <c>file:name</c> for those that are static.</summary>
    public IEnumerable<string> Functions => _functions.Keys;

    public string FileOf(string function) => _functions[function].File;

    public bool IsIn(string function, string folder) => FileOf(function).Contains(folder, StringComparison.Ordinal);

    /// <summary>Bytes of stack from the entry of a function to the deepest return, its own included.</summary>
    /// <exception cref="InvalidOperationException">Recursion, or a function with neither report nor bound.</exception>
    public int Depth(string function)
    {
        if (_depth.TryGetValue(function, out var known))
        {
            return known >= 0 ? known : throw new InvalidOperationException($"{function} calls itself");
        }

        if (!_functions.ContainsKey(function))
        {
            return Own(function);
        }

        _depth[function] = -1;
        return _depth[function] = Own(function) + Callees(function).Select(Depth).DefaultIfEmpty().Max();
    }

    /// <summary>The deepest chain of calls, for a message.</summary>
    public string Chain(string function)
    {
        var deepest = Callees(function).MaxBy(Depth);
        var own = $"{function[(function.LastIndexOf('/') + 1)..]} {Own(function)}";
        return deepest is null ? own : $"{own} > {Chain(deepest)}";
    }

    private int Own(string function) => _functions.TryGetValue(function, out var found)
        ? found.Stack
        : _bound(function) ?? throw new InvalidOperationException($"{function}: neither a report nor a bound");

    private IEnumerable<string> Callees(string function) =>
        _calls.GetValueOrDefault(function, []).SelectMany(callee => callee == Indirect ? _pointed(this, function) : [callee]);

    private void Read(string line)
    {
        if (Node().Match(line) is { Success: true } node)
        {
            var (name, kind) = (node.Groups["name"].Value, node.Groups["kind"].Value);
            var bytes = int.Parse(node.Groups["bytes"].Value, CultureInfo.InvariantCulture);
            _functions[name] = kind == "static"
                ? (bytes, node.Groups["file"].Value)
                : throw new InvalidOperationException($"{name}: its stack frame is {kind}");
        }
        else if (Edge().Match(line) is { Success: true } edge)
        {
            if (!_calls.TryGetValue(edge.Groups["from"].Value, out var callees))
            {
                _calls[edge.Groups["from"].Value] = callees = [];
            }

            callees.Add(edge.Groups["to"].Value);
        }
    }

    [GeneratedRegex("""^node: \{ title: "(?<name>[^"]+)" label: ".*\\n(?<file>[^"\\]+):\d+:\d+\\n(?<bytes>\d+) bytes \((?<kind>[^)]+)\)""")]
    private static partial Regex Node();

    [GeneratedRegex("""^edge: \{ sourcename: "(?<from>[^"]+)" targetname: "(?<to>[^"]+)" """)]
    private static partial Regex Edge();
}
