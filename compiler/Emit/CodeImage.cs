// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;

namespace TinyInfer.Compiler.Emit;

/// <summary>The code of all programs of an image behind each other; what one ends with and the next begins with is there once.</summary>
/// <param name="Offsets">Of the code of each program from the first byte on, which lies at a multiple of <see cref="CodeBlock.Alignment"/>.</param>
internal sealed record CodeImage(ReadOnlyMemory<byte> Bytes, IReadOnlyList<uint> Offsets)
{
    private const int Line = (int)CodeBlock.Alignment;

    /// <param name="blocks">Empty ones of programs without code.</param>
    public static CodeImage Of(IEnumerable<ReadOnlyMemory<byte>> blocks)
    {
        byte[] all = [];
        var offsets = new List<uint>();
        foreach (var block in blocks)
        {
            var at = 0;
            while (at < all.Length && !Continues(all.AsSpan(at), block.Span))
            {
                at += Line;
            }

            offsets.Add((uint)at);
            if (at + block.Length > all.Length)
            {
                Array.Resize(ref all, at + block.Length);
                block.Span.CopyTo(all.AsSpan(at));
            }
        }

        return new CodeImage(all, offsets);
    }

    private static bool Continues(ReadOnlySpan<byte> end, ReadOnlySpan<byte> block)
    {
        var common = Math.Min(end.Length, block.Length);
        return end[..common].SequenceEqual(block[..common]);
    }
}
