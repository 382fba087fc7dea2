// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Emit;
using Xunit;

namespace TinyInfer.Compiler.Tests.Emit;

/// <summary>Code of two programs in one image: every block is whole where its offset says, and what they share is there once.</summary>
public sealed class CodeImageTests
{
    private const int Line = (int)CodeBlock.Alignment;

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(Line, Line, Line)]
    [InlineData(3 * Line, 2 * Line, 4 * Line)]
    [InlineData(3 * Line, (2 * Line) + 4, 8)]
    [InlineData(12, 40, 0)]
    public void An_end_that_is_the_next_beginning_is_there_once(int own, int shared, int others)
    {
        byte[] bytes = [.. Enumerable.Range(1, own + shared + others).Select(i => (byte)(i * 37 / 5))];
        byte[] first = bytes[..(own + shared)];
        byte[] second = bytes[own..];

        var image = CodeImage.Of([default, first, second]);

        Assert.Equal(first, image.Bytes.Slice((int)image.Offsets[1], first.Length));
        Assert.Equal(second, image.Bytes.Slice((int)image.Offsets[2], second.Length));
        Assert.All(image.Offsets, offset => Assert.Equal(0u, offset % Line));
        if (own % Line == 0)
        {
            Assert.Equal(bytes.Length, image.Bytes.Length);
        }
    }
}
