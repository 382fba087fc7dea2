// SPDX-License-Identifier: MIT
using System.Globalization;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Verification;

/// <summary>Recorded inputs of a model and the outputs they must give.</summary>
/// <param name="Name">The name of the output file.</param>
/// <param name="Sequence">Several invocations that keep state; otherwise each case starts from reset state.</param>
internal sealed record Case(string Name, byte[] Inputs, byte[] Expected, bool Sequence)
{
    /// <summary>
    /// Every inK.bin with its outK.bin, in order of K, and for models with state seq_in.bin with seq_out.bin: invocations
    /// in a row. A model that resets its state before each of them has seq_out_reset.bin instead.
    /// </summary>
    public static IReadOnlyList<Case> Of(string folder, CompiledModel model)
    {
        if (!Directory.Exists(folder))
        {
            throw new CompilerException($"{folder}: there is no such directory of cases");
        }

        var cases = Directory.EnumerateFiles(folder, "in*.bin")
            .Select(path => (Path: path, Number: Path.GetFileNameWithoutExtension(path)[2..]))
            .Where(item => item.Number.Length > 0 && item.Number.All(char.IsAsciiDigit))
            .OrderBy(item => int.Parse(item.Number, CultureInfo.InvariantCulture))
            .Select(item => Pair(item.Path, Path.Combine(folder, $"out{item.Number}.bin"), model, sequence: false))
            .ToList();

        var sequenceIn = Path.Combine(folder, "seq_in.bin");
        var sequenceOut = Path.Combine(folder, model.ResetsState ? "seq_out_reset.bin" : "seq_out.bin");
        if ((model.ResetsState ? File.Exists(sequenceOut) : model.Plan.RegionSizes.GetValueOrDefault(MemoryRegion.State) > 0) && File.Exists(sequenceIn))
        {
            cases.Add(Pair(sequenceIn, sequenceOut, model, sequence: true));
        }

        return cases.Count > 0 ? cases : throw new CompilerException($"{folder}: there is no case (in0.bin with out0.bin)");
    }

    /// <summary>Bytes of all inputs, and of all outputs, of one invocation.</summary>
    public static (int Inputs, int Outputs) Sizes(CompiledModel model) =>
        (model.Schedule.Graph.Inputs.Sum(input => input.ByteSize), model.Schedule.Graph.Outputs.Sum(output => output.ByteSize));

    private static Case Pair(string inputs, string outputs, CompiledModel model, bool sequence)
    {
        var result = new Case(Path.GetFileName(outputs), ModelFile.Read(inputs), ModelFile.Read(outputs), sequence);
        var (inputSize, outputSize) = Sizes(model);
        var invocations = sequence && inputSize > 0 ? result.Inputs.Length / inputSize : 1;

        RequireSize(inputs, result.Inputs.Length, inputSize * invocations, "inputs");
        RequireSize(outputs, result.Expected.Length, outputSize * invocations, "outputs");
        return result;
    }

    private static void RequireSize(string path, int size, int expected, string what)
    {
        if (size != expected)
        {
            throw new CompilerException($"{path}: the file has {size} bytes, the model's {what} have {expected}");
        }
    }
}
