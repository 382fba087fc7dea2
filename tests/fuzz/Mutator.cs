// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace TinyInfer.Compiler.Tests.Fuzz;

/// <summary>A file to damage, with the numbers in it that are worth damaging.</summary>
internal sealed record Seed(string Name, byte[] File)
{
    public FlatPlace[] Places { get; } = FlatPlaces.Of(File);
}

/// <summary>
/// Damages seeds, reproducibly: mutation <c>n</c> of a list of seeds is always the same file, whatever ran before it.
/// </summary>
internal sealed class Mutator(IReadOnlyList<Seed> seeds)
{
    private const int MostEdits = 6;

    private static readonly long[] Telling =
        [0, 1, 2, 3, 4, 7, 8, 16, 127, 128, 255, 256, 32767, 65535, 65536, int.MaxValue, int.MinValue, uint.MaxValue, -2, -4, 0x7f800000, 0x7fc00000];

    public (Seed Seed, byte[] File) Mutate(int number)
    {
        var random = new Random(number);
        var seed = seeds[number % seeds.Count];
        var file = (byte[])seed.File.Clone();

        // Half of the files get a single edit, so that the reader is not always stopped by the first of many.
        for (var edits = Math.Max(1, random.Next(-MostEdits, MostEdits) + 1); edits > 0; edits--)
        {
            file = Edit(file, seed, random);
        }

        return (seed, file);
    }

    private byte[] Edit(byte[] file, Seed seed, Random random)
    {
        switch (file.Length < 16 ? 11 : random.Next(12))
        {
            case 0:
                file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
                return file;
            case 1:
                file[random.Next(file.Length)] = (byte)random.Next(256);
                return file;
            case 2:
                return file[..random.Next(file.Length)];
            case 3:
                return Splice(file, seeds[random.Next(seeds.Count)].File, random);
            case 4:
                Copy(file, random);
                return file;
            case 5 or 6 or 7:
                return Set(file, seed, random, old => Telling[random.Next(Telling.Length)]);
            case 8 or 9:
                return Set(file, seed, random, old => old + random.Next(-16, 17));
            case 10:
                return Redirect(file, seed, random);
            default:
                return [.. file, .. new byte[random.Next(1, 64)]];
        }
    }

    /// <summary>Puts a number of the mutator's choice where the file has an offset, a length, a vtable entry or a field.</summary>
    private static byte[] Set(byte[] file, Seed seed, Random random, Func<long, long> choose)
    {
        var place = seed.Places[random.Next(seed.Places.Length)];

        if (place.Offset + 4 > file.Length)
        {
            return file;
        }

        var at = file.AsSpan(place.Offset);

        switch (place.Size)
        {
            case 1:
                at[0] = (byte)choose(at[0]);
                break;
            case 2:
                BinaryPrimitives.WriteInt16LittleEndian(at, (short)choose(BinaryPrimitives.ReadInt16LittleEndian(at)));
                break;
            default:
                BinaryPrimitives.WriteInt32LittleEndian(at, (int)choose(BinaryPrimitives.ReadInt32LittleEndian(at)));
                break;
        }

        return file;
    }

    /// <summary>Makes one reference name what lies at another place: shared, swapped and looping tables.</summary>
    private static byte[] Redirect(byte[] file, Seed seed, Random random)
    {
        var from = seed.Places[random.Next(seed.Places.Length)].Offset;
        var to = seed.Places[random.Next(seed.Places.Length)].Offset;
        return from + 4 > file.Length ? file : Write(file, from, to - from);
    }

    private static byte[] Write(byte[] file, int at, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), value);
        return file;
    }

    private static byte[] Splice(byte[] file, byte[] other, Random random) =>
        [.. file.AsSpan(0, random.Next(file.Length)), .. other.AsSpan(random.Next(other.Length))];

    private static void Copy(byte[] file, Random random)
    {
        var length = random.Next(1, Math.Min(64, file.Length / 2));
        var from = random.Next(file.Length - length);
        var to = random.Next(file.Length - length);
        file.AsSpan(from, length).CopyTo(file.AsSpan(to));
    }
}
