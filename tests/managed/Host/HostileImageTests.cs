// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using TinyInfer.Compiler;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Tests;
using TinyInfer.Compiler.Verification;
using Xunit;

namespace TinyInfer.Managed.Tests;

/// <summary>Images whose checksum is right and whose contents are not: refused with a status on both kinds of kernels, or opened.</summary>
public sealed class HostileImageTests : IDisposable
{
    private const int Mutations = 3000;

    public void Dispose() => Engines.UseManagedKernels = false;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_changed_word_is_refused_with_a_status_or_harmless(bool managed)
    {
        Engines.UseManagedKernels = managed;
        var motion = ModelFile.Compile(Path.Combine(Checkout.Root, "models/motion/motion.tflite"));
        var first = Case.Of(Path.Combine(Checkout.Root, "models/motion/cases"), motion)[0];
        var image = motion.WithGolden([new GoldenCase(first.Inputs, first.Expected)]).Image;
        var random = new Random(7);
        var opened = 0;

        for (var i = 0; i < Mutations; i++)
        {
            byte[] changed = [.. image];
            var at = random.Next(4, changed.Length / 4) * 4;
            BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(at), Word(random, changed.Length));
            BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(12), Crc32.Of(changed.AsSpan(16)));
            opened += Opens(changed) ? 1 : 0;
        }

        Assert.InRange(opened, Mutations / 10, Mutations - 1);
    }

    private static bool Opens(byte[] image)
    {
        try
        {
            using var model = Model.FromBytes(image);
            Assert.True(model.Input.Size >= 0 && model.LayerCount >= 0);
            return true;
        }
        catch (TinyInferException refusal)
        {
            Assert.InRange((int)refusal.Status, (int)Status.NotAnImage, (int)Status.Closed - 1);
            return false;
        }
    }

    private static int Word(Random random, int length) => random.Next(6) switch
    {
        0 => 0,
        1 => -1,
        2 => int.MaxValue,
        3 => random.Next(length),
        4 => random.Next(16),
        _ => random.Next(int.MinValue, int.MaxValue),
    };
}
