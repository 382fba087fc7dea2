// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Boards;

/// <summary>A model, or the models of an application, on a board: deployment is flash for the application's assemblies, of which the image is a part.</summary>
/// <param name="RamBytes">Arena, state, second arena and code, as the firmware lays them out one after the other.</param>
/// <param name="Memory">Where they fit.</param>
internal sealed record BoardFit(Board Board, int ImageBytes, int AssemblyBytes, int RamBytes, BoardMemory Memory)
{
    /// <summary>
    /// What an application usually has beside the image. Of the .pe files of nanoFramework 1.17 mscorlib has 36 KB, TinyInfer with
    /// TinyInfer.Native 11 KB (29 KB with kernels in C#), the runtime's and two buses' packages some 20 KB; the rest is its own code.
    /// </summary>
    public const int DefaultAssemblyBytes = 96 * 1024;

    private const int Padding = 32;

    /// <exception cref="CompilerException">The image or the tensors do not fit.</exception>
    public static BoardFit Of(CompiledModel model, Board board, int assemblyBytes) => Of([model], board, assemblyBytes);

    /// <summary>Several models in one application, all of which may be open at once.</summary>
    /// <exception cref="CompilerException">The images or the tensors do not fit.</exception>
    public static BoardFit Of(IReadOnlyList<CompiledModel> models, Board board, int assemblyBytes)
    {
        var image = models.Sum(model => model.Image.Length);
        var ram = models.Sum(model => RamOf(model, board));
        var (images, needs) = models.Count == 1 ? ("image", "the model needs") : ("images", "the models need");

        if ((long)image + assemblyBytes > board.DeploymentBytes)
        {
            throw new CompilerException(
                $"the {images} of {image:N0} bytes and {assemblyBytes:N0} for assemblies (--assemblies) do not fit {board.Name}, where {board.DeploymentBytes:N0} bytes can be deployed");
        }

        var memory = board.Memories.FirstOrDefault(memory => memory.Bytes >= ram)
            ?? throw new CompilerException(
                $"{needs} {ram:N0} bytes of RAM for tensors, {board.Name} has {string.Join(" and ", board.Memories.Select(memory => $"{memory.Bytes:N0} of {memory.Name}"))} left");
        return new BoardFit(board, image, assemblyBytes, ram, memory);
    }

    private static int RamOf(CompiledModel model, Board board)
    {
        var program = model.ProgramFor(board.Machine.Core);
        return new[] { MemoryRegion.Arena, MemoryRegion.State, MemoryRegion.Fast }
            .Select(region => program.Plan.RegionSizes.GetValueOrDefault(region))
            .Append(program.HotBytes)
            .Sum(bytes => (bytes + Padding - 1) / Padding * Padding);
    }

    public override string ToString() =>
        $"{Board.Name}: image {ImageBytes:N0} and assemblies {AssemblyBytes:N0} of {Board.DeploymentBytes:N0} bytes of deployment; tensors {RamBytes:N0} of {Memory.Bytes:N0} bytes of {Memory.Name}";
}
