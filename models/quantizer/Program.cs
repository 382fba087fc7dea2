// SPDX-License-Identifier: MIT
using System.CommandLine;
using TinyInfer.Quantizer;
using TinyInfer.Quantizer.Recurrent;

var names = new Argument<string[]>("names") { Description = "Directories of models/ with a train.py.", Arity = ArgumentArity.OneOrMore };
var keep = new Option<bool>("--keep-training") { Description = "Quantize the network trained last instead of training again." };
var percentile = new Option<double?>("--percentile") { Description = "Percentage of calibration samples whose extremes a range covers, instead of the training script's." };
var floatEdges = new Option<bool>("--float-edges") { Description = "Also write artifacts/models/NAME/NAME_float.tflite, which takes and returns float32." };
var build = new Command("build", "Train models, quantize them, and write each one's .tflite file, cases and figures.") { names, keep, percentile, floatEdges };
build.SetAction(result =>
{
    try
    {
        foreach (var name in result.GetValue(names)!)
        {
            Build.Run(Root(), name, !result.GetValue(keep), result.GetValue(percentile), result.GetValue(floatEdges));
        }

        return 0;
    }
    catch (QuantizerException exception)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
});

var tables = new Command("tables", "Write the constants of the audio front end.");
tables.SetAction(_ => File.WriteAllText(Path.Combine(Root(), FrontendTables.File), FrontendTables.Source()));

var into = new Option<string>("--out") { Description = "Directory for NAME.tflite.", Required = true };
var recurrent = new Command("recurrent", "Write the recurrent networks of docs/RECURRENT.md.") { into };
recurrent.SetAction(result =>
{
    Directory.CreateDirectory(result.GetValue(into)!);
    foreach (var network in RecurrentNetwork.All)
    {
        File.WriteAllBytes(Path.Combine(result.GetValue(into)!, $"{network.Name}.tflite"), network.File());
    }

    foreach (var layer in KerasLayer.All)
    {
        File.WriteAllBytes(Path.Combine(result.GetValue(into)!, $"{layer.Name}_loop.tflite"), layer.File(unrolled: false));
        File.WriteAllBytes(Path.Combine(result.GetValue(into)!, $"{layer.Name}_unrolled.tflite"), layer.File(unrolled: true));
    }
});

var parsed = new RootCommand("Makes the project's own models: trains, quantizes, measures.") { build, tables, recurrent }.Parse(args);
var code = parsed.Invoke();
return parsed.Errors.Count > 0 ? 2 : code;

static string Root()
{
    var directory = new DirectoryInfo(AppContext.BaseDirectory);
    while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Directory.Packages.props")))
    {
        directory = directory.Parent;
    }

    return directory?.FullName ?? throw new InvalidOperationException("the quantizer runs only inside the repository");
}
