// SPDX-License-Identifier: MIT
using TinyInfer.Quantizer.Float;

namespace TinyInfer.Quantizer;

/// <summary>Makes models/NAME from its training script: the float network, the .tflite file, the cases, the figures in its README.</summary>
internal static class Build
{
    public static void Run(string root, string name, bool train, double? percentile, bool floatEdges)
    {
        var model = Path.Combine(root, "models", name);
        if (!File.Exists(Path.Combine(model, "train.py")))
        {
            throw new QuantizerException($"no model '{name}' at '{model}'");
        }

        var trained = Path.Combine(root, "artifacts", "models", name);
        if (train)
        {
            Training.Run(root, name, trained);
        }

        var read = GraphReader.Read(trained);
        var network = Folding.Run(read with { Percentile = percentile ?? read.Percentile });
        var sampleSize = network.Input.Shape.Aggregate(1, (product, size) => product * size);
        var integer = NetworkQuantizer.Run(network, SampleSet.Read(trained, "calibration", sampleSize).Inputs);
        var file = ModelBuilder.Build(integer, floatEdges: false);
        var heldout = SampleSet.Read(trained, "heldout", sampleSize);
        var accuracy = Accuracy.Measure(network, integer, file, heldout, integer.HasBits ? null : TensorFlowLite.Find(root) ?? TensorFlowLite.Install(root));

        File.WriteAllBytes(Path.Combine(model, $"{name}.tflite"), file);
        File.WriteAllLines(Path.Combine(model, "labels.txt"), network.Labels);
        ModelReadme.Update(Path.Combine(model, "README.md"), accuracy, integer.HasBits ? "bits and int8, rules of Larq Compute Engine" : "int8, rules of TensorFlow Lite Micro", file.Length);
        if (floatEdges)
        {
            File.WriteAllBytes(Path.Combine(trained, $"{name}_float.tflite"), ModelBuilder.Build(integer, floatEdges: true));
        }

        if (integer.Gate is not null)
        {
            File.WriteAllBytes(Path.Combine(trained, $"{name}_whole.tflite"), ModelBuilder.Build(integer.WithoutGate(), floatEdges: false));
        }

        var cases = Cases.Write(Path.Combine(model, "cases"), integer, heldout);

        Console.WriteLine($"{name}: {file.Length} bytes, {cases} cases, {accuracy}");
    }
}
