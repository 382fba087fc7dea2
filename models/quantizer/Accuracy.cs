// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Float;
using TinyInfer.Quantizer.Integer;

namespace TinyInfer.Quantizer;

/// <summary>How many held-out samples each form of the network gets right.</summary>
/// <param name="Samples">Size of the held-out set.</param>
/// <param name="FloatRight">Right answers of the float network.</param>
/// <param name="IntegerRight">Right answers of the int8 network, with the rounding of TensorFlow Lite Micro.</param>
/// <param name="WithoutGate">Right answers of the int8 network that always computes everything; null where there is no gate.</param>
/// <param name="Early">Samples for which the gated layers are left out; null where there is no gate.</param>
/// <param name="LibraryRight">Right answers of the .tflite file in TensorFlow Lite's own library; null without the library.</param>
/// <param name="LibraryDifferent">Samples where that library and our reference, set to its rounding, differ in any byte.</param>
internal sealed record Accuracy(int Samples, int FloatRight, int IntegerRight, int? WithoutGate, int? Early, int? LibraryRight, int? LibraryDifferent)
{
    private static readonly ParallelOptions TwoThreads = new() { MaxDegreeOfParallelism = 2 };

    public static Accuracy Measure(Network network, IntegerNetwork integer, byte[] file, SampleSet heldout, string? library)
    {
        var outputName = network.Layers[^1].Name;
        var (floatRight, integerRight, withoutGate, early) = (0, 0, 0, 0);
        Parallel.For(0, heldout.Labels.Length, TwoThreads, k =>
        {
            var real = network.Run(heldout.Inputs[k])[outputName].Values;
            var values = integer.Values(integer.Input.Quantize(heldout.Inputs[k]), Rules.Micro);
            var bytes = values[integer.Output.Name];
            Interlocked.Add(ref floatRight, Largest(real) == heldout.Labels[k] ? 1 : 0);
            Interlocked.Add(ref integerRight, Largest(bytes) == heldout.Labels[k] ? 1 : 0);
            if (integer.Gate is { } gate)
            {
                Interlocked.Add(ref withoutGate, Largest(values[gate.Late.Name]) == heldout.Labels[k] ? 1 : 0);
                Interlocked.Add(ref early, gate.IsEarly(values[gate.Early.Name]) ? 1 : 0);
            }
        });

        var measured = new Accuracy(heldout.Labels.Length, floatRight, integerRight, integer.Gate is null ? null : withoutGate, integer.Gate is null ? null : early, null, null);

        if (library is null)
        {
            return measured;
        }

        using var oracle = new TensorFlowLite(library, file);
        var outputs = heldout.Inputs.Select(sample => oracle.Run(integer.Input.Quantize(sample))).ToList();
        var (libraryRight, different) = (0, 0);
        Parallel.For(0, outputs.Count, TwoThreads, k =>
        {
            var expected = integer.Run(integer.Input.Quantize(heldout.Inputs[k]), Rules.Library);
            Interlocked.Add(ref libraryRight, Largest(outputs[k]) == heldout.Labels[k] ? 1 : 0);
            Interlocked.Add(ref different, outputs[k].SequenceEqual(expected) ? 0 : 1);
        });

        return measured with { LibraryRight = libraryRight, LibraryDifferent = different };
    }

    /// <summary>The index of the largest value, the first of equals: what a program that asks for a class does.</summary>
    public static int Largest<T>(T[] values)
        where T : IComparable<T> => Array.IndexOf(values, values.Max());
}
