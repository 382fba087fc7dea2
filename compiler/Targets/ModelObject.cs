// SPDX-License-Identifier: MIT
using System.Text;
using TinyInfer.Compiler.Codegen;

namespace TinyInfer.Compiler.Targets;

/// <summary>The assembly source that puts one model into an ELF: the image byte for byte in flash, its memory reserved.</summary>
internal static class ModelObject
{
    /// <param name="core">The core it will run on.</param>
    /// <param name="image">A model image; model.tim and model_input.bin are to be found by the assembler.</param>
    public static string Source(ReadOnlySpan<byte> image, Core core)
    {
        var program = ImageHeader.Program(image, core);
        var (arena, state, fast) = (ImageHeader.RegionSize(image, program, 1), ImageHeader.RegionSize(image, program, 2), ImageHeader.RegionSize(image, program, 3));
        var code = ImageHeader.HotSize(image, program);
        var memory = (long)arena + state + fast + code;
        if (image.Length + memory > Machine.Psram)
        {
            throw new CompilerException($"the image has {image.Length} bytes and needs {memory} bytes of memory (supported in the emulator: {Machine.Psram} in all)");
        }

        var text = new StringBuilder();
        Constant(text, image.Length <= Machine.FlashForImage ? ".model_image" : ".model_image_large", "model_image", "model.tim");
        Constant(text, ".model_input", "model_input", "model_input.bin");
        text.Append($".section {(memory <= Machine.RamForArena ? ".model_memory" : ".model_memory_large")}, \"aw\", %nobits\n");
        Memory(text, "model_arena", arena);
        Memory(text, "model_state", state);
        Memory(text, "model_fast", fast);
        Memory(text, "model_code", code);
        return text.ToString();
    }

    private static void Constant(StringBuilder text, string section, string symbol, string file) =>
        text.Append($".section {section}, \"a\"\n.balign 32\n.global {symbol}, {symbol}_end\n{symbol}:\n.incbin \"{file}\"\n{symbol}_end:\n");

    private static void Memory(StringBuilder text, string symbol, uint size) =>
        text.Append($".balign 32\n.global {symbol}\n{symbol}:\n.space {size}\n");
}
