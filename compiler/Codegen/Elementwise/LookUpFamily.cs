// SPDX-License-Identifier: MIT
using TinyInfer.Compiler.Ir;
using TinyInfer.Compiler.Ops;
using static TinyInfer.Compiler.Codegen.ThumbWriter;

namespace TinyInfer.Compiler.Codegen.Elementwise;

/// <summary>
/// Tables of 256 bytes for any type of a byte, four elements a word. Where signs are mixed, elements at even indices have a table of their own, with index
/// or entry moved by 128.
/// </summary>
internal sealed class LookUpFamily : IFamily
{
    private static readonly Reg In = R(0);
    private static readonly Reg EvenTable = R(1);
    private static readonly Reg Out = R(2);
    private static readonly Reg Words = R(3);
    private static readonly Reg OddTable = R(4);

    public IEnumerable<Candidate> Match(Node node, Core core)
    {
        if (PortableCall.Of(node, "lut_s8") is null || node.Op.Table(node) is not { } table)
        {
            return [];
        }

        var index = node.Inputs.Index().First(input => input.Item == table.Input).Index;
        return
            from input in Layouts(table.Input)
            from output in Layouts(node.Output)
            select new Candidate(
                "look_up",
                [.. node.Inputs.Select(value => value == table.Input ? input : Layout.RowMajor)],
                [output],
                (long)(node.Output.Shape.Count * (core == Core.CortexM7 ? 3.2 : 4.5)) + 130,
                relaid => [Call(relaid.Inputs[index], table.Entries, relaid.Output)]);
    }

    private static IEnumerable<Layout> Layouts(Value value) =>
        value.Type == ElementType.S8 && value.Shape.Rank > 0 && value.Shape[-1] % 2 == 0 ? [Layout.RowMajor, Layout.Msi] : [Layout.RowMajor];

    private static KernelCall Call(Value input, byte[] entries, Value output)
    {
        var (mixedIn, mixedOut) = (input.Layout == Layout.Msi ? 0x80 : 0, output.Layout == Layout.Msi ? 0x80 : 0);
        byte[] even = [.. Enumerable.Range(0, 256).Select(at => (byte)(entries[at ^ mixedIn] ^ mixedOut))];
        var isMixed = !even.SequenceEqual(entries);
        var count = output.Shape.Count;
        return new KernelCall(
            "look_up",
            [("words", count / 4)],
            [input, new ConstantOperand("table", ElementType.U8, isMixed ? [.. even, .. entries] : entries)],
            [output])
        {
            Routine = RoutineOf(count, isMixed),
        };
    }

    private static Routine RoutineOf(int count, bool isMixed)
    {
        var name = $"look_up_{(count >= 4 ? "w" : "")}{count % 4}{(isMixed ? "m" : "")}";
        var w = new ThumbWriter(name);
        var odd = isMixed ? OddTable : EvenTable;

        w.EnterCore();
        w.Ldr(Words, R(0));
        w.Ldr(Out, R(2));
        w.Ldm(R(1), In, EvenTable);
        if (isMixed)
        {
            w.Add(OddTable, EvenTable, 256, R(5));
        }

        if (count >= 4)
        {
            var loop = w.Loop();
            w.LdrThenAdd(R(5), In, 4);
            for (var element = 0; element < 4; element++)
            {
                w.Byte(R(6 + element), R(5), element, unsigned: true);
            }

            for (var element = 0; element < 4; element++)
            {
                w.LdrbAt(R(6 + element), element % 2 == 0 ? EvenTable : odd, R(6 + element));
            }

            for (var element = 1; element < 4; element++)
            {
                w.Orr(R(6), R(6), R(6 + element), 8 * element);
            }

            w.StrThenAdd(R(6), Out, 4);
            w.Subs(Words, 1);
            w.Branch("ne", loop);
        }

        for (var element = 0; element < count % 4; element++)
        {
            w.Ldrb(R(5), In, element);
            w.LdrbAt(R(5), element % 2 == 0 ? EvenTable : odd, R(5));
            w.Strb(R(5), Out, element);
        }

        w.LeaveCore();
        return new Routine(name, w.ToString());
    }
}
