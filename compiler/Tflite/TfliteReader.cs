// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Tflite;

/// <summary>
/// Reads a .tflite file nobody vouches for. It either returns a consistent <see cref="TfliteModel"/> or throws a
/// <see cref="TfliteException"/>, in time and memory proportional to the file. Constants are not copied.
/// </summary>
internal static class TfliteReader
{
    private const int MostSubgraphs = 256;
    private const int MostBuffers = 1 << 17;
    private const int MostNames = 1 << 12;

    public static TfliteModel Read(ReadOnlyMemory<byte> file)
    {
        RequireTflite(file.Span);

        var root = new FlatBuffer(file).Root();
        var version = root.UInt(0);

        if (version != TfliteSchema.Version)
        {
            throw new TfliteException($"schema version {version} is not supported (supported: {TfliteSchema.Version})");
        }

        var buffers = ReadBuffers(root);
        var subgraphs = new SubgraphReader(root, buffers).Read(root.Tables(2, "subgraphs", MostSubgraphs));

        return new TfliteModel
        {
            Version = (int)version,
            Description = root.String(3),
            Subgraphs = subgraphs,
            Signatures = [.. root.Tables(7, "signatures", MostSubgraphs).Select((table, index) => ReadSignature(table, index, subgraphs))],
            Metadata = [.. root.Tables(6, "metadata entries", MostNames).Select(table => ReadMetadata(table, buffers))],
        };
    }

    private static TfliteBuffer[] ReadBuffers(FlatTable root) =>
        [.. root.Tables(4, "buffers", MostBuffers).Select((table, index) =>
        {
            // Files above 2 GB keep constants after the tables; offsets 0 and 1 mean they do not.
            var (offset, size) = (table.ULong(1), table.ULong(2));
            return offset > 1 && !table.Has(0)
                ? new TfliteBuffer(table.Buffer.Appended(offset, size, $"buffer {index}"), true)
                : new TfliteBuffer(table.Bytes(0), table.Has(0));
        })];

    private static TfliteMetadata ReadMetadata(FlatTable table, TfliteBuffer[] buffers)
    {
        var (name, buffer) = (table.String(0), table.UInt(1));

        return buffer < buffers.Length
            ? new TfliteMetadata(name, buffers[buffer].Data)
            : throw new TfliteException($"metadata {Quoted.Name(name)}: there is no buffer {buffer} (the file has {buffers.Length})");
    }

    private static TfliteSignature ReadSignature(FlatTable table, int index, TfliteSubgraph[] subgraphs)
    {
        var place = $"signature {index}";
        var subgraph = table.UInt(4);

        if (subgraph >= subgraphs.Length)
        {
            throw new TfliteException($"{place}: there is no subgraph {subgraph} (the file has {subgraphs.Length})");
        }

        var tensors = subgraphs[subgraph].Tensors.Count;
        return new TfliteSignature(table.String(2), (int)subgraph, Entries(0), Entries(1));

        TfliteSignatureTensor[] Entries(int field) =>
            [.. table.Tables(field, "signature tensors", MostNames).Select(entry =>
            {
                var tensor = entry.UInt(1);
                return tensor < tensors
                    ? new TfliteSignatureTensor(entry.String(0), (int)tensor)
                    : throw new TfliteException($"{place}: there is no tensor {tensor} (the subgraph has {tensors})");
            })];
    }

    private static void RequireTflite(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            throw new TfliteException("not a TensorFlow Lite model: the file is empty");
        }

        if (file.Length < 8 || !file[4..8].SequenceEqual("TFL3"u8))
        {
            throw new TfliteException($"not a TensorFlow Lite model: {Resemblance(file)} (expected \"TFL3\" at offset 4)");
        }
    }

    private static string Resemblance(ReadOnlySpan<byte> file) => file switch
    {
        [(byte)'P', (byte)'K', 3, 4, ..] => "the file is a ZIP archive",
        [0x89, (byte)'H', (byte)'D', (byte)'F', ..] => "the file is HDF5, as Keras saves it",
        { Length: < 8 } => $"the file has only {file.Length} bytes",
        _ when file[..Math.Min(file.Length, 256)].IndexOfAnyExceptInRange((byte)'\t', (byte)'~') < 0 => "the file is text",
        _ => $"bytes 4 to 7 are {Convert.ToHexStringLower(file[4..8])}",
    };
}

/// <summary>A constant's bytes; <paramref name="Present"/> tells a vector of no bytes from no vector.</summary>
internal readonly record struct TfliteBuffer(ReadOnlyMemory<byte> Data, bool Present);
