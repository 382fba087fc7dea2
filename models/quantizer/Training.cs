// SPDX-License-Identifier: MIT
namespace TinyInfer.Quantizer;

/// <summary>Runs a model's training script with the system's Python, whose packages Debian provides.</summary>
internal static class Training
{
    private const string Python = "/usr/bin/python3";
    private static readonly string[] Packages = ["python3-torch", "python3-numpy", "dataset-fashion-mnist", "espeak-ng"];

    public static void Run(string root, string name, string output)
    {
        if (!Shell.TryRun(Python, ["-c", "import numpy, torch"], root))
        {
            Install(root);
        }

        if (!Shell.TryRun("nice", [Python, "-m", $"{name}.train", "--out", output], Path.Combine(root, "models")))
        {
            throw new QuantizerException($"the training script of '{name}' failed");
        }
    }

    private static void Install(string root)
    {
        if (!Shell.TryRun("apt-get", ["install", "-y", "--no-install-recommends", .. Packages], root))
        {
            throw new QuantizerException($"training needs Debian's packages {string.Join(", ", Packages)}; install them with apt");
        }
    }
}
