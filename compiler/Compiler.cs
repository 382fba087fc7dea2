// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Codegen;
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
    /// <param name="cores">Cores to generate code for, besides the portable program.</param>
    public static CompiledModel Compile(ReadOnlyMemory<byte> file, string name, params IReadOnlyList<Core> cores) => Compile(file, name, resetState: false, cores);

    /// <param name="resetState">Every invocation starts from the initial state; nothing survives it.</param>
    /// <param name="goal">What generated code is chosen for.</param>
    /// <param name="limits">Within which RAM and flash.</param>
    public static CompiledModel Compile(ReadOnlyMemory<byte> file, string name, bool resetState, IReadOnlyList<Core> cores, Goal goal = Goal.Balanced, Limits? limits = null)
    {
        var model = TfliteReader.Read(file);
        var graph = Importer.Import(model, name);
        if (resetState)
        {
            graph.ForgetStates();
        }

        Pipeline.Clean(graph);
        Pipeline.FindLoops(graph);
        var nominalMacs = graph.Macs();
        Pipeline.Rewrite(graph);
        graph = Linear.Of(graph);
        GraphVerifier.Verify(graph);

        var (portable, metadata) = (CoreProgram.Portable(graph), ModelMetadata.Of(model));
        var planner = new KernelPlanner(graph, cores, goal, file.Length, limits);
        IReadOnlyList<CoreProgram> programs = [portable, .. planner.Programs(generated => ImageEmitter.Emit([portable, .. generated], metadata, []).Length)];
        var image = ImageEmitter.Emit(programs, metadata, []);
        limits?.Check(programs, image.Length);

        return new CompiledModel(name, nominalMacs, metadata, programs, image) { ResetsState = resetState };
    }
}

/// <summary>All that is known about a compiled model; <c>profile</c>, <c>report</c> and the emitters read it.</summary>
internal sealed record CompiledModel(
    string Name,
    long NominalMacs,
    IReadOnlyList<KeyValuePair<string, string>> Metadata,
    IReadOnlyList<CoreProgram> Programs,
    byte[] Image)
{
    /// <summary>True when every invocation starts from the initial state.</summary>
    public bool ResetsState { get; init; }

    /// <summary>The steps on portable kernels.</summary>
    public Schedule Schedule => Programs[0].Schedule;

    /// <summary>The memory of <see cref="Schedule"/>.</summary>
    public ArenaPlan Plan => Programs[0].Plan;

    /// <summary>Name of each class, in the order of the first output; empty when the file has none.</summary>
    public IReadOnlyList<string> Labels =>
        [.. Metadata.Where(pair => pair.Key == "labels").SelectMany(pair => pair.Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>The same model, whose image carries recorded inferences for the device's self-test.</summary>
    public CompiledModel WithGolden(IReadOnlyList<GoldenCase> cases) => this with { Image = ImageEmitter.Emit(Programs, Metadata, cases) };

    /// <summary>One of the programs as a model of its own, NAME_m4: for C output, which is for one core.</summary>
    public CompiledModel Alone(CoreProgram program) => this with { Name = $"{Name}_m{(int)program.Core}", Programs = [program] };

    /// <summary>The program that runs on a core: the portable one where none is made for it.</summary>
    public CoreProgram ProgramFor(Core core) => Programs.FirstOrDefault(program => program.Core == core) ?? Programs[0];
}
