// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TinyInfer.Compiler.Codegen;
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using TinyInfer.Compiler.Ops.Control;
using TinyInfer.Compiler.Planning;

namespace TinyInfer.Compiler.Emit;

/// <summary>Writes NAME.c: the same steps, constants and offsets as the image, as plain C that links with the kernels it calls.</summary>
internal sealed class CSourceEmitter
{
    private readonly CompiledModel _model;
    private readonly string _name;
    private readonly CWriter _c = new();
    private readonly Dictionary<string, string> _constants = [];

    private CSourceEmitter(CompiledModel model)
    {
        _model = model;
        _name = CWriter.Identifier(model.Name);
    }

    public static string Emit(CompiledModel model) => new CSourceEmitter(model).Source();

    /// <summary>NAME.S: the generated code that NAME.c calls.</summary>
    public static string Assembly(CompiledModel model) => Assembler.SourceFile(CWriter.Identifier(model.Name), Routines(model), model.Programs[0].Code?.Hot ?? []);

    private static IEnumerable<Routine> Routines(CompiledModel model) => model.Schedule.Steps.Select(step => step.Call.Routine).OfType<Routine>();

    private string Source()
    {
        var steps = _model.Schedule.Steps;

        _c.Line($"/* Made by tinyinfer from {CWriter.Quoted(_model.Name)}; do not edit. Include path: the folder firmware-interop. */");
        _c.Line($"#include \"{_name}.h\"").Line().Line("#include <stddef.h>").Line("#include <string.h>").Line();
        foreach (var header in steps.Where(step => step.Call.Routine is null && step.Call.Target is null).Select(step => KernelTable.HeaderOf(step.Call.Kernel)).Distinct().Order())
        {
            _c.Line($"#include \"{header}\"");
        }

        foreach (var routine in Routines(_model).Select(routine => routine.Name).Distinct())
        {
            _c.Line($"void {_name}_{routine}(const void *params, const void *const *inputs, void *const *outputs, void *scratch);");
        }

        foreach (var (index, step) in steps.Index())
        {
            Constants(index, step.Call);
        }

        Reset();
        _c.Line().Line($"void {_name}_invoke(struct {_name} *model)").Line("{");
        if (steps.Count == 0)
        {
            _c.Line("    (void)model;");
        }

        var targets = steps.Select(step => step.Call.Target).OfType<Label>().Select(_model.Schedule.StepAt).ToHashSet();
        foreach (var (index, step) in steps.Index())
        {
            Landing(targets, index);
            Call(index, step);
        }

        Landing(targets, steps.Count);
        return _c.Line("}").ToString();
    }

    private void Constants(int index, KernelCall call)
    {
        _c.Line();
        foreach (var (number, operand) in call.Inputs.Index())
        {
            switch (operand)
            {
                case ConstantOperand constant:
                    Constant($"step{index}_{CWriter.Identifier(constant.Name)}{number}", constant.Type, constant.Bytes);
                    break;
                case ValueOperand { Value: { Constant: { } bytes } value }:
                    Constant($"step{index}_input{number}", value.Type, bytes);
                    break;
            }
        }

        if (call.Target is not null)
        {
            return;
        }

        if (call.Routine is null)
        {
            KernelTable.CheckParameters(call);
            _c.Parameters(call.Kernel, $"step{index}", call.Parameters);
        }
        else if (call.Parameters.Count > 0)
        {
            var words = call.Parameters.SelectMany(ImageEmitter.Words).ToArray();
            _c.Array($"step{index}", ElementType.S32, MemoryMarshal.AsBytes<uint>(words).ToArray());
        }
    }

    private void Constant(string name, ElementType type, ReadOnlyMemory<byte> bytes)
    {
        if (_constants.TryAdd(Key(type, bytes), name))
        {
            _c.Array(name, type, bytes);
        }
    }

    private void Reset()
    {
        var initial = InitialState.Of(_model.Schedule, _model.Plan);
        _c.Line();
        if (initial is not null)
        {
            _c.Array("initial_state", ElementType.U8, initial);
        }

        _c.Line($"void {_name}_reset(struct {_name} *model)").Line("{");
        _c.Line(_model.Plan.RegionSizes.GetValueOrDefault(MemoryRegion.State) switch
        {
            0 => "    (void)model;",
            _ when initial is null => "    memset(model->state, 0, sizeof model->state);",
            _ => "    memcpy(model->state, initial_state, sizeof initial_state);",
        });
        _c.Line("}");
    }

    private void Landing(HashSet<int> targets, int index)
    {
        if (targets.Contains(index))
        {
            _c.Line($"step_{index}:;");
        }
    }

    private void Call(int index, Step step)
    {
        var call = step.Call;
        if (call.Target is { } label)
        {
            var condition = call.Inputs.Count == 0 ? "" : $"if ({((int)call.Parameters[0].Content == 0 ? "!" : "")}*(const uint8_t *)({Address(call.Inputs[0])})) ";
            _c.Line($"    {condition}goto step_{_model.Schedule.StepAt(label)};");
            return;
        }

        var scratch = step.Scratch is { } buffer ? Address(buffer, 0) : "NULL";

        _c.Line($"    {{ /* {index}: {CWriter.Quoted(step.Node.Origin.ToString())} */");
        _c.Line($"        const void *const inputs[] = {{{string.Join(", ", call.Inputs.Select(Address))}}};");
        _c.Line($"        void *const outputs[] = {{{string.Join(", ", call.Outputs.Select(Address))}}};");
        _c.Line(call.Routine is { } routine
            ? $"        {_name}_{routine.Name}({(call.Parameters.Count > 0 ? $"step{index}" : "NULL")}, inputs, outputs, {scratch});"
            : $"        ti_{call.Kernel}.run(&step{index}, inputs, outputs, {scratch});");
        _c.Line("    }");
    }

    private string Address(Operand operand) => operand switch
    {
        ConstantOperand constant => _constants[Key(constant.Type, constant.Bytes)],
        ValueOperand { Value: { Constant: { } bytes } value } view =>
            $"(const uint8_t *){_constants[Key(value.Type, bytes)]} + {view.ByteOffset}",
        ValueOperand view => Address(_model.Schedule.Storage[view.Value].Buffer, _model.Schedule.Storage[view.Value].Offset + view.ByteOffset),
        _ => throw new InvalidOperationException(operand.ToString()),
    };

    private string Address(Planning.Buffer buffer, int offset) =>
        $"(uint8_t *)model->{buffer.Region.ToString().ToLowerInvariant()} + {_model.Plan.Offsets[buffer] + offset}";

    private static string Key(ElementType type, ReadOnlyMemory<byte> bytes) =>
        type + Convert.ToHexString(SHA256.HashData(bytes.Span));
}
