// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TinyInfer.Compiler.Emit;

/// <summary>The bytes of an image under construction. Everything starts at a multiple of 4; equal constants are stored once.</summary>
internal sealed class ImageHeap
{
    /// <summary>The narrowest line of a flash with wait states. Weights that are read line by line should not straddle two.</summary>
    private const uint FlashLine = 8;
    private const int LeastAligned = 1024;

    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, uint> _known = [];

    public uint Length => (uint)_bytes.Count;

    /// <summary>Zeroed words, to be filled by <see cref="Put"/>; returns their offset.</summary>
    public uint Reserve(int words)
    {
        var at = Length;
        _bytes.AddRange(new byte[words * sizeof(uint)]);
        return at;
    }

    public void Put(uint at, IReadOnlyList<uint> words)
    {
        var bytes = Encode(words);
        for (var i = 0; i < bytes.Length; i++)
        {
            _bytes[(int)at + i] = bytes[i];
        }
    }

    /// <summary>A table of records: offset of the first, number of records.</summary>
    public uint[] Table<T>(IReadOnlyList<T> items, int words, Func<T, uint[]> record)
    {
        var at = Reserve(items.Count * words);
        foreach (var (index, item) in items.Index())
        {
            Put(at + (uint)(index * words * sizeof(uint)), record(item));
        }

        return [at, (uint)items.Count];
    }

    /// <summary>Zeros up to a multiple of <paramref name="alignment"/>.</summary>
    public void Align(uint alignment) => _bytes.AddRange(new byte[(int)(-Length & (alignment - 1))]);

    public uint Words(IReadOnlyList<uint> words) => Constant(Encode(words));

    public uint String(string text) => Constant(Encoding.UTF8.GetBytes(text + "\0"));

    public uint Constant(ReadOnlyMemory<byte> bytes)
    {
        var key = Convert.ToHexString(SHA256.HashData(bytes.Span));
        if (!_known.TryGetValue(key, out var at))
        {
            if (bytes.Length >= LeastAligned)
            {
                Align(FlashLine);
            }

            _known[key] = at = Append(bytes.Span);
        }

        return at;
    }

    /// <summary>Whole words, whether they are there or not.</summary>
    public uint Append(ReadOnlySpan<byte> bytes)
    {
        var at = Length;
        _bytes.AddRange(bytes);
        Align(sizeof(uint));
        return at;
    }

    /// <summary>The image, with the CRC-32 of the bytes from <paramref name="from"/> on stored at <paramref name="at"/>.</summary>
    public byte[] WithChecksum(int at, int from)
    {
        var image = _bytes.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(at), Crc32.Of(image.AsSpan(from)));
        return image;
    }

    private static byte[] Encode(IReadOnlyList<uint> words)
    {
        var bytes = new byte[words.Count * sizeof(uint)];
        for (var i = 0; i < words.Count; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * sizeof(uint)), words[i]);
        }

        return bytes;
    }
}
