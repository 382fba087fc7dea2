// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Emit;

/// <summary>Writes NAME.h: the model's memory as a struct, its tensors, and the two functions of NAME.c.</summary>
internal static class CHeaderEmitter
{
    public static string Emit(CompiledModel model)
    {
        var name = CWriter.Identifier(model.Name);
        var guard = $"{name.ToUpperInvariant()}_H";
        var graph = model.Schedule.Graph;
        var c = new CWriter();

        c.Line($"/* Made by tinyinfer from {CWriter.Quoted(model.Name)}; do not edit. */");
        c.Line($"#ifndef {guard}").Line($"#define {guard}").Line().Line("#include <stdint.h>").Line();
        c.Line("/* All the memory of one instance. Inputs are written before, outputs read after an invocation. */");
        c.Line($"struct {name}").Line("{");
        foreach (var (region, size) in Regions(model))
        {
            c.Line($"    uint32_t {region.ToString().ToLowerInvariant()}[{(size + 3) / 4}];");
        }

        c.Line("};").Line();
        c.Line($"/* Runs the model once. */").Line($"void {name}_invoke(struct {name} *model);").Line();
        c.Line($"/* Sets persistent state to its initial values; call it once before the first invocation. */");
        c.Line($"void {name}_reset(struct {name} *model);");

        foreach (var (index, input) in graph.Inputs.Index())
        {
            Tensor(c, model, name, $"input{index}", input);
        }

        foreach (var (index, output) in graph.Outputs.Index().Where(output => !output.Item.IsConstant))
        {
            Tensor(c, model, name, $"output{index}", output);
        }

        return c.Line().Line("#endif").ToString();
    }

    // The arena is there even when it is empty: C has no empty structs.
    private static IEnumerable<(MemoryRegion Region, int Size)> Regions(CompiledModel model) =>
        new[] { MemoryRegion.Arena, MemoryRegion.State, MemoryRegion.Fast }
            .Select(region => (region, region == MemoryRegion.Arena ? Math.Max(4, model.Plan.ArenaSize) : model.Plan.RegionSizes.GetValueOrDefault(region)))
            .Where(entry => entry.Item2 > 0);

    private static void Tensor(CWriter c, CompiledModel model, string name, string role, Value value)
    {
        var (buffer, offset) = model.Schedule.Storage[value];
        var type = CWriter.TypeName(value.Type);
        var scale = value.Quantization is { IsPerTensor: true } quantization
            ? FormattableString.Invariant($", real = {quantization.Scale:G9} * (stored - {quantization.ZeroPoint})")
            : "";

        c.Line().Line($"/* \"{CWriter.Quoted(value.Name)}\" {value.Type.DisplayName()} {value.Shape}{scale} */");
        c.Line($"enum {{ {name.ToUpperInvariant()}_{role.ToUpperInvariant()}_COUNT = {value.Shape.Count} }};");
        c.Line($"static inline {type} *{name}_{role}(struct {name} *model)").Line("{");
        c.Line($"    return ({type} *)(void *)((uint8_t *)model->{buffer.Region.ToString().ToLowerInvariant()} + {model.Plan.Offsets[buffer] + offset});");
        c.Line("}");
    }
}
