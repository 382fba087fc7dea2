// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;

namespace TinyInfer.Compiler.Codegen.Movement;

/// <summary>A border of one value around a tensor of any type. Where no pair of channels is split, tensors with mixed signs are bordered as they are.</summary>
internal sealed class PadFamily : IFamily
{
    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (PortableCall.Of(node, "pad_nd") is not { } call || call.Numbers("value") is not [var value, var upper] || value != upper)
        {
            return [];
        }

        var shape = PadShape.Of(call);
        var keepsPairs = node.Input is { Type: ElementType.S8, Shape.Rank: > 0 } && node.Input.Shape[-1] % 2 == 0 && node.Output.Shape[-1] % 2 == 0 && shape.KeepsPairs;
        Layout[] layouts = keepsPairs ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];
        return layouts.Select(layout => new Candidate(
            "pad",
            [layout],
            [layout],
            shape.Cycles(core),
            relaid =>
            [
                new KernelCall("pad", [("value", layout == Layout.Msi ? value ^ (int)MixedSigns.EvenTops : value)], [relaid.Input], [relaid.Output]) { Routine = PadRoutine.Of(shape) },
            ]));
    }
}
