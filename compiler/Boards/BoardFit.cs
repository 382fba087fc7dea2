// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Boards;

/// <summary>A model on a board: deployment is flash for the application's assemblies, of which the image is a part.</summary>
/// <param name="RamBytes">Arena, state and second arena, as the firmware lays them out one after the other.</param>
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
    public static BoardFit Of(CompiledModel model, Board board, int assemblyBytes)
    {
        var image = model.Image.Length;
        var regions = model.ProgramFor(board.Machine.Core).Plan.RegionSizes;
        var ram = new[] { MemoryRegion.Arena, MemoryRegion.State, MemoryRegion.Fast }
            .Sum(region => (regions.GetValueOrDefault(region) + Padding - 1) / Padding * Padding);

        if ((long)image + assemblyBytes > board.DeploymentBytes)
        {
            throw new CompilerException(
                $"the image of {image:N0} bytes and {assemblyBytes:N0} for assemblies (--assemblies) do not fit {board.Name}, where {board.DeploymentBytes:N0} bytes can be deployed");
        }

        var memory = board.Memories.FirstOrDefault(memory => memory.Bytes >= ram)
            ?? throw new CompilerException(
                $"the model needs {ram:N0} bytes of RAM for tensors, {board.Name} has {string.Join(" and ", board.Memories.Select(memory => $"{memory.Bytes:N0} of {memory.Name}"))} left");
        return new BoardFit(board, image, assemblyBytes, ram, memory);
    }

    public override string ToString() =>
        $"{Board.Name}: image {ImageBytes:N0} and assemblies {AssemblyBytes:N0} of {Board.DeploymentBytes:N0} bytes of deployment; tensors {RamBytes:N0} of {Memory.Bytes:N0} bytes of {Memory.Name}";
}
