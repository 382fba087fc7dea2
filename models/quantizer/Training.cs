// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer;

/// <summary>Runs a model's training script with the system's Python, whose packages Debian provides.</summary>
internal static class Training
{
    public static void Run(string root, string name, string output)
    {
        var models = Path.Combine(root, "models");
        if (!Shell.TryRun("bash", ["prerequisites"], models))
        {
            throw new QuantizerException("what training needs is not installed");
        }

        if (!Shell.TryRun("nice", ["/usr/bin/python3", "-m", $"{name}.train", "--out", output], models))
        {
            throw new QuantizerException($"the training script of '{name}' failed");
        }
    }
}
