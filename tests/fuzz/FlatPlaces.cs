// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace TinyInfer.Compiler.Tests.Fuzz;

/// <summary>A number which the reader follows or counts with: the most rewarding bytes to damage.</summary>
internal readonly record struct FlatPlace(int Offset, int Size);

/// <summary>
/// Finds the offsets, lengths, vtable entries and inline fields of a well-formed .tflite file. It knows only which fields hold tables,
/// so it shares no code with the reader it is meant to try.
/// </summary>
internal sealed class FlatPlaces
{
    // Kind of table -> field -> kind of what it names: "x" one table, "x*" a vector of tables, "" a vector or string.
    private static readonly Dictionary<string, Dictionary<int, string>> Shapes = new()
    {
        ["model"] = new() { [1] = "code*", [2] = "subgraph*", [3] = "", [4] = "buffer*", [6] = "metadata*", [7] = "signature*" },
        ["code"] = new() { [1] = "" },
        ["subgraph"] = new() { [0] = "tensor*", [1] = "", [2] = "", [3] = "operator*", [4] = "" },
        ["tensor"] = new() { [0] = "", [3] = "", [4] = "quantization", [7] = "" },
        ["quantization"] = new() { [0] = "", [1] = "", [2] = "", [3] = "" },
        ["operator"] = new() { [1] = "", [2] = "", [4] = "options", [5] = "", [8] = "" },
        ["options"] = [],
        ["buffer"] = new() { [0] = "" },
        ["metadata"] = new() { [0] = "" },
        ["signature"] = new() { [0] = "map*", [1] = "map*", [2] = "" },
        ["map"] = new() { [0] = "" },
    };

    private readonly byte[] _file;
    private readonly HashSet<FlatPlace> _places = [];

    private FlatPlaces(byte[] file) => _file = file;

    public static FlatPlace[] Of(byte[] file)
    {
        var places = new FlatPlaces(file);
        places.Reference(0, "model");
        return [.. places._places.OrderBy(place => place.Offset)];
    }

    private void Reference(int at, string kind)
    {
        _places.Add(new FlatPlace(at, 4));
        var target = at + Word(at);

        if (kind.EndsWith('*'))
        {
            _places.Add(new FlatPlace(target, 4));
            for (var i = 0; i < Word(target); i++)
            {
                Reference(target + 4 + (i * 4), kind[..^1]);
            }
        }
        else if (kind.Length > 0)
        {
            Table(target, Shapes[kind]);
        }
        else
        {
            _places.Add(new FlatPlace(target, 4));
            for (var i = 0; i < Math.Min(Word(target), 8); i++)
            {
                _places.Add(new FlatPlace(target + 4 + i, 1));
            }
        }
    }

    private void Table(int at, Dictionary<int, string> children)
    {
        var vtable = at - Word(at);
        var fields = (Short(vtable) / 2) - 2;
        _places.Add(new FlatPlace(at, 4));
        _places.Add(new FlatPlace(vtable, 2));
        _places.Add(new FlatPlace(vtable + 2, 2));

        for (var i = 0; i < fields; i++)
        {
            var entry = vtable + 4 + (i * 2);
            var offset = Short(entry);
            _places.Add(new FlatPlace(entry, 2));

            if (offset != 0 && children.TryGetValue(i, out var child))
            {
                Reference(at + offset, child);
            }
            else if (offset != 0)
            {
                _places.Add(new FlatPlace(at + offset, 1));
            }
        }
    }

    private int Word(int at) => BinaryPrimitives.ReadInt32LittleEndian(_file.AsSpan(at));

    private int Short(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(at));
}
