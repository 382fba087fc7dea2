// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer;

/// <summary>
/// Test cases from the held-out set: inK.bin, outK.bin as raw int8, and labels.txt with the true class of each K. The
/// outputs are those of <see cref="IntegerNetwork"/>, which shares no code with the compiler or the device.
/// </summary>
internal static class Cases
{
    private const int EachClass = 2;

    public static int Write(string directory, IntegerNetwork network, SampleSet heldout)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }

        Directory.CreateDirectory(directory);
        var chosen = Enumerable.Range(0, network.Labels.Count)
            .SelectMany(label => Enumerable.Range(0, heldout.Labels.Length).Where(k => heldout.Labels[k] == label).Take(EachClass))
            .Order()
            .ToList();

        foreach (var (sample, number) in chosen.Select((sample, number) => (sample, number)))
        {
            var input = network.Input.Quantize(heldout.Inputs[sample]);
            WriteBytes(Path.Combine(directory, $"in{number}.bin"), input);
            WriteBytes(Path.Combine(directory, $"out{number}.bin"), network.Run(input, Rules.Micro));
        }

        File.WriteAllLines(Path.Combine(directory, "labels.txt"), chosen.Select((sample, number) => $"{number} {network.Labels[heldout.Labels[sample]]}"));
        return chosen.Count;
    }

    private static void WriteBytes(string path, sbyte[] values) => File.WriteAllBytes(path, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
}
