// SPDX-License-Identifier: MIT
using System.Text.Json;
using TinyInfer.Compiler.Planning;
using Xunit;

namespace TinyInfer.Compiler.Tests.Planning;

/// <summary>Arena sizes of published models. Those the compiler refuses are not looked at here.</summary>
public sealed class ArenaOfCorpusTests
{
    // The most bytes of tensors that are live at once, counted by hand from the layers: input and output of the widest layer, and
    // the residual of resnet8.
    [CorpusFact]
    public void MLPerf_models_need_no_more_than_their_live_tensors()
    {
        Assert.InRange(PlanOf("core/mlperf_resnet8_int8").ArenaSize, 1, 3 * 32 * 32 * 16);
        Assert.InRange(PlanOf("core/mlperf_vww_mbv1_int8").ArenaSize, 1, 48 * 48 * (8 + 16));
        Assert.InRange(PlanOf("core/mlperf_kws_dscnn_int8").ArenaSize, 1, 2 * 25 * 5 * 64);
        Assert.InRange(PlanOf("core/mlperf_ad01_int8").ArenaSize, 1, 640 + 128);
    }

    [BaselineFact]
    public void No_model_needs_more_than_TensorFlow_Lite_Micro()
    {
        using var baseline = JsonDocument.Parse(File.ReadAllText(BaselineFactAttribute.Path));
        var above = new List<string>();

        foreach (var model in baseline.RootElement.GetProperty("models").EnumerateObject())
        {
            if (model.Value.GetProperty("m4").TryGetProperty("arena_bytes", out var bytes) && TryPlanOf(model.Name) is { } plan && plan.ArenaSize > bytes.GetInt32())
            {
                above.Add($"{model.Name}: {plan.ArenaSize} bytes, TensorFlow Lite Micro {bytes.GetInt32()}");
            }
        }

        Assert.Empty(above);
    }

    private static ArenaPlan PlanOf(string model) =>
        Compiler.Compile(File.ReadAllBytes(Path.Combine(Corpus.Folder!, model, "model.tflite")), "model").Plan;

    private static ArenaPlan? TryPlanOf(string model)
    {
        try
        {
            return PlanOf(model);
        }
        catch (CompilerException)
        {
            return null;
        }
    }

    /// <summary>A test against what was measured of TensorFlow Lite Micro, beside the corpus.</summary>
    private sealed class BaselineFactAttribute : FactAttribute
    {
        public BaselineFactAttribute() => Skip = Corpus.Absent ?? (File.Exists(Path) ? null! : $"no {Path}");

        public static string Path { get; } =
            System.IO.Path.GetFullPath(System.IO.Path.Combine(Checkout.Root, "..", "shared", "baselines", "tflm_cmsis_nn.json"));
    }
}
