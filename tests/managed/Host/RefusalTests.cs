// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using TinyInfer.Compiler;
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Tests;
using TinyInfer.Compiler.Verification;
using Xunit;

namespace TinyInfer.Managed.Tests;

/// <summary>Images that cannot be opened, each with its status and a sentence, on both kinds of kernels.</summary>
public sealed class RefusalTests : IDisposable
{
    private static readonly CompiledModel Motion = ModelFile.Compile(Path.Combine(Checkout.Root, "models/motion/motion.tflite"));

    // Offset of the portable program, the only one of this image; docs/IMAGE_FORMAT.md has the layout.
    private static readonly int Program = BinaryPrimitives.ReadInt32LittleEndian(Motion.Image.AsSpan(20));

    public static TheoryData<bool> Kernels => [false, true];

    public void Dispose() => Engines.UseManagedKernels = false;

    [Theory]
    [MemberData(nameof(Kernels))]
    public void Foreign_bytes_are_not_an_image(bool managed)
    {
        Assert.Equal(Status.NotAnImage, Refusal([], managed).Status);
        Assert.Equal(Status.NotAnImage, Refusal(new byte[4096], managed).Status);
        Assert.Equal("the data is not a TinyInfer model image", Refusal(Changed(0, 1), managed).Message);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void An_image_for_a_newer_format_says_so(bool managed) =>
        Assert.Equal("the image was made for a newer runtime", Expect(Status.NewerFormat, Changed(4, 4), managed));

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_damaged_image_is_refused(bool managed)
    {
        Expect(Status.Checksum, Changed(Motion.Image.Length - 4, 12345), managed);
        Expect(Status.Truncated, Motion.Image[..^4], managed);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void An_unknown_kernel_is_named_by_its_step(bool managed)
    {
        var steps = BinaryPrimitives.ReadInt32LittleEndian(Motion.Image.AsSpan(Program + 44));
        var image = WithChecksum(Changed(steps + 20, 0x0101FFFF));
        var refusal = Refusal(image, managed);

        Assert.Equal(Status.UnknownKernel, refusal.Status);
        Assert.Equal("step 1", refusal.Layer);
        Assert.StartsWith("the image, step 1: ", refusal.Message);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_table_outside_the_image_is_refused(bool managed) =>
        Expect(Status.BadLayout, WithChecksum(Changed(Program + 32, 0x01000000)), managed);

    [Fact]
    public void An_arena_that_is_too_small_says_what_is_missing()
    {
        var message = Expect(Status.ArenaTooSmall, WithChecksum(Changed(Program + 12, 80_000_000)), managed: false);
        Assert.StartsWith("the model needs 80000000 bytes of memory and the largest free block has 67108864: close other models", message);
    }

    [Fact]
    public void More_models_than_the_firmware_has_room_for_are_refused()
    {
        var open = new List<Model>();
        try
        {
            var refusal = Assert.Throws<TinyInferException>(() =>
            {
                for (var i = 0; i < 17; i++)
                {
                    open.Add(Model.FromBytes(Motion.Image));
                }
            });
            Assert.Equal(Status.TooManyModels, refusal.Status);
            Assert.Equal(16, open.Count);
        }
        finally
        {
            open.ForEach(model => model.Dispose());
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_wrong_recorded_output_fails_the_self_test(bool managed)
    {
        Engines.UseManagedKernels = managed;
        var first = Case.Of(Path.Combine(Checkout.Root, "models/motion/cases"), Motion)[0];
        byte[] wrong = [.. first.Expected];
        wrong[4] ^= 1;

        using var model = Model.FromBytes(Motion.WithGolden([new GoldenCase(first.Inputs, first.Expected), new GoldenCase(first.Inputs, wrong)]).Image);
        var refusal = Assert.Throws<TinyInferException>(() => model.SelfTest());
        Assert.Equal(Status.SelfTestFailed, refusal.Status);
        Assert.Equal("case 1, output \"probabilities\", byte 4: an output differs from the golden case in the image", refusal.Message);
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_missing_case_or_resource_is_named(bool managed)
    {
        Engines.UseManagedKernels = managed;
        using var model = Model.FromBytes(Motion.Image);
        Assert.Equal(Status.NoGoldenCase, Assert.Throws<TinyInferException>(() => model.SelfTest()).Status);
        Assert.Equal(Status.NoResource, Assert.Throws<TinyInferException>(() => Model.FromResource(GetType().Assembly, "No.Such", 1)).Status);
    }

    [Fact]
    public void Flash_is_read_in_place()
    {
        const int FlashStart = 0x08000000;
        const int At = 0x100;
        byte[] flash = [.. new byte[At], .. Motion.Image];
        var pin = GCHandle.Alloc(flash, GCHandleType.Pinned);
        Native.SetFlash(pin.AddrOfPinnedObject(), flash.Length);
        try
        {
            using var model = Model.FromFlash(FlashStart + At);
            Assert.Equal("motion", model.Name);
            Assert.Equal(Status.NotAnImage, Assert.Throws<TinyInferException>(() => Model.FromFlash(FlashStart)).Status);
            Assert.Equal(Status.Misaligned, Assert.Throws<TinyInferException>(() => Model.FromFlash(FlashStart + At + 2)).Status);
            Assert.Equal(Status.OutsideFlash, Assert.Throws<TinyInferException>(() => Model.FromFlash(FlashStart + flash.Length)).Status);
            Assert.Equal(Status.OutsideFlash, Assert.Throws<TinyInferException>(() => Model.FromFlash(0)).Status);
        }
        finally
        {
            Native.SetFlash(0, 0);
            pin.Free();
        }
    }

    [Theory]
    [MemberData(nameof(Kernels))]
    public void A_run_makes_no_garbage(bool managed)
    {
        Engines.UseManagedKernels = managed;
        using var model = Model.FromBytes(Motion.Image);
        var samples = new sbyte[model.Input.Size];
        var real = new float[model.Input.Size];
        var output = new sbyte[model.Output.Size];
        var top = new int[3];
        Work();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 3; i++)
        {
            Work();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Work()
        {
            model.Input.Write(samples);
            model.Input.Write(real);
            model.Run();
            while (!model.RunSlice(1))
            {
            }

            model.Output.Read(output);
            model.Output.TopK(top);
            model.Output.ArgMax();
            model.Output.GetReal(1);
            model.Reset();
        }
    }

    private static string Expect(Status status, byte[] image, bool managed)
    {
        var refusal = Refusal(image, managed);
        Assert.Equal(status, refusal.Status);
        return refusal.Message;
    }

    private static TinyInferException Refusal(byte[] image, bool managed)
    {
        Engines.UseManagedKernels = managed;
        return Assert.Throws<TinyInferException>(() => Model.FromBytes(image));
    }

    private static byte[] Changed(int at, int word)
    {
        byte[] image = [.. Motion.Image];
        BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(at), word);
        return image;
    }

    private static byte[] WithChecksum(byte[] image)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(image.AsSpan(12), Crc32.Of(image.AsSpan(16)));
        return image;
    }
}
