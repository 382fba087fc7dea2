// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace TinyInfer.Quantizer;

/// <summary>Float inputs and the class each belongs to.</summary>
internal sealed record SampleSet(IReadOnlyList<float[]> Inputs, byte[] Labels)
{
    public static SampleSet Read(string directory, string name, int sampleSize)
    {
        var values = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(directory, $"{name}.bin")));
        var labels = File.ReadAllBytes(Path.Combine(directory, $"{name}.labels"));
        if (values.Length != labels.Length * sampleSize)
        {
            throw new QuantizerException($"'{name}.bin' has {values.Length} values, but {labels.Length} labels of {sampleSize} values each were expected");
        }

        return new SampleSet([.. values.ToArray().Chunk(sampleSize)], labels);
    }
}
