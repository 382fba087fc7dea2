// SPDX-License-Identifier: MIT
namespace TinyInfer.Compiler.Codegen;

/// <content>Loads and stores.</content>
internal sealed partial class ThumbWriter
{
    public void Ldr(Reg to, Reg from, int offset = 0) => Line($"ldr {to}, [{from}, #{offset}]");

    public void LdrThenAdd(Reg to, Reg from, int step) => Line($"ldr {to}, [{from}], #{step}");

    public void Ldrh(Reg to, Reg from, int offset) => Line($"ldrh {to}, [{from}, #{offset}]");

    public void Ldrb(Reg to, Reg from, int offset) => Line($"ldrb {to}, [{from}, #{offset}]");

    public void Ldrd(Reg to, Reg and, Reg from, int offset) => Line($"ldrd {to}, {and}, [{from}, #{offset}]");

    public void LdmThenAdd(Reg from, params IReadOnlyList<Reg> to) => Line($"ldmia {from}!, {{{List(to)}}}");

    public void Ldm(Reg from, params IReadOnlyList<Reg> to) => Line($"ldmia {from}, {{{List(to)}}}");

    public void StmThenAdd(Reg at, params IReadOnlyList<Reg> what) => Line($"stmia {at}!, {{{List(what)}}}");

    public void Ldrsb(Reg to, Reg from, int offset) => Line($"ldrsb {to}, [{from}, #{offset}]");

    public void Str(Reg what, Reg at, int offset = 0) => Line($"str {what}, [{at}, #{offset}]");

    public void StrThenAdd(Reg what, Reg at, int step) => Line($"str {what}, [{at}], #{step}");

    public void Strh(Reg what, Reg at, int offset) => Line($"strh {what}, [{at}, #{offset}]");

    public void Strb(Reg what, Reg at, int offset) => Line($"strb {what}, [{at}, #{offset}]");

    public void VldmThenAdd(Reg from, Fp first, int count) => Line($"vldmia {from}!, {{{first}{(count == 1 ? "" : $"-{S(first.Number + count - 1)}")}}}");

    public void LdrAt(Reg to, Reg from, Reg offset) => Line($"ldr {to}, [{from}, {offset}]");

    public void LdrbAt(Reg to, Reg from, Reg index) => Line($"ldrb {to}, [{from}, {index}]");

    public void LdrsbAt(Reg to, Reg from, Reg index) => Line($"ldrsb {to}, [{from}, {index}]");

    public void StrAt(Reg what, Reg at, Reg index) => Line($"str {what}, [{at}, {index}]");

    /// <summary>The word at from + index * 4.</summary>
    public void LdrWord(Reg to, Reg from, Reg index) => Line($"ldr {to}, [{from}, {index}, lsl #2]");

    /// <summary>The half word at from + index * 2, zero extended.</summary>
    public void LdrHalf(Reg to, Reg from, Reg index) => Line($"ldrh {to}, [{from}, {index}, lsl #1]");

    public void LdrdThenAdd(Reg to, Reg and, Reg from, int step) => Line($"ldrd {to}, {and}, [{from}], #{step}");

    public void Ldrsh(Reg to, Reg from, int offset) => Line($"ldrsh {to}, [{from}, #{offset}]");

    public void LdrbThenAdd(Reg to, Reg from, int step) => Line($"ldrb {to}, [{from}], #{step}");

    public void StrbThenAdd(Reg what, Reg at, int step) => Line($"strb {what}, [{at}], #{step}");

    public void StrhThenAdd(Reg what, Reg at, int step) => Line($"strh {what}, [{at}], #{step}");

    public void LdrshThenAdd(Reg to, Reg from, int step) => Line($"ldrsh {to}, [{from}], #{step}");

    public void LdrsbThenAdd(Reg to, Reg from, int step) => Line($"ldrsb {to}, [{from}], #{step}");
}
