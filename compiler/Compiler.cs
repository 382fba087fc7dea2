// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Emit;
using TinyInfer.Compiler.Import;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Passes;
using TinyInfer.Compiler.Planning;
using TinyInfer.Compiler.Tflite;

namespace TinyInfer.Compiler;

/// <summary>The way of a model through the compiler: read, import, rewrite, lower, plan, emit.</summary>
internal static class Compiler
{
    /// <param name="file">The bytes of a .tflite file.</param>
    /// <param name="name">The model's name, an identifier in generated code.</param>
    /// <exception cref="CompilerException">The model is damaged or uses something that is not supported.</exception>
    public static CompiledModel Compile(ReadOnlyMemory<byte> file, string name)
    {
        var model = TfliteReader.Read(file);
        var graph = Importer.Import(model, name);
        Pipeline.Clean(graph);
        var nominalMacs = graph.Nodes.Sum(node => node.Op.Macs(node));
        Pipeline.Rewrite(graph);

        var schedule = ScheduleBuilder.Build(graph);
        var plan = ArenaPlanner.Plan(schedule);
        var metadata = ModelMetadata.Of(model);
        var image = ImageEmitter.Emit(schedule, plan, metadata, []);

        return new CompiledModel(name, nominalMacs, metadata, schedule, plan, image);
    }
}

/// <summary>All that is known about a compiled model; <c>profile</c>, <c>report</c> and the emitters read it.</summary>
internal sealed record CompiledModel(
    string Name,
    long NominalMacs,
    IReadOnlyList<KeyValuePair<string, string>> Metadata,
    Schedule Schedule,
    ArenaPlan Plan,
    byte[] Image)
{
    /// <summary>Name of each class, in the order of the first output; empty when the file has none.</summary>
    public IReadOnlyList<string> Labels =>
        [.. Metadata.Where(pair => pair.Key == "labels").SelectMany(pair => pair.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>The same model, whose image carries recorded inferences for the device's self-test.</summary>
    public CompiledModel WithGolden(IReadOnlyList<GoldenCase> cases) => this with { Image = ImageEmitter.Emit(Schedule, Plan, Metadata, cases) };
}
