/* SPDX-License-Identifier: MIT */
#include "issue_m7.h"
#include "options.h"
#include "timing_m7.h"

/*
 * ADD, SUB and MOV of the older slot and shifts of either run in the early ALU when their operands are there, so the
 * result reaches addresses and shifters a cycle sooner; a younger shift finds the shifter taken by an older one. [J]
 */
static bool runs_early(const struct m7 *core, const struct insn *insn, int cycle, bool younger)
{
    const enum insn_kind older = core->older.kind;
    const bool shifter_taken = older == KIND_ALU_SHIFTED || older == KIND_BITFIELD || core->older.rotated;

    switch (insn->kind)
    {
    case KIND_ADD:
        return !younger && !insn->conditional && m7_all_ready(core, insn->reads, cycle) == cycle;
    case KIND_MOV:
        return !younger && !insn->conditional && m7_all_ready(core, insn->reads | insn->accumulator, cycle) == cycle;
    case KIND_SHIFT:
        return !(younger && shifter_taken) && !insn->conditional && m7_all_ready(core, insn->reads, cycle) == cycle;
    default:
        return false;
    }
}

/* Issue cycles: a multiple transfer moves two words a cycle. [J] */
int m7_cycles(const struct insn *insn)
{
    switch (insn->kind)
    {
    case KIND_LDM:
    case KIND_STM:
    case KIND_VLDM:
    case KIND_VSTM:
        return (insn->transfers + 1) / 2;
    case KIND_DIV:
        return options.m7_divide;
    default:
        return later(m7_rules(insn->kind)->cycles, 1);
    }
}

static int latency_of(const struct insn *insn, bool early)
{
    switch (insn->kind)
    {
    case KIND_LOAD:
        return insn->size == 4 ? 2 : 3;
    case KIND_LDM:
    case KIND_DIV:
        return m7_cycles(insn) + 1;
    case KIND_VLDM:
    case KIND_VSTM:
        return m7_cycles(insn);
    case KIND_VMAC:
        return insn->chained ? 6 : 5;
    case KIND_VLDR:
        return insn->double_precision ? 2 : 1;
    default:
        return early ? 1 : m7_rules(insn->kind)->latency;
    }
}

/* Only another VFMA takes the result of a VFMA late; a loaded accumulator is slower than a loaded operand. [J] */
static int accumulator_latency(enum insn_kind kind, int latency)
{
    return kind == KIND_VMAC ? latency - 2 : kind == KIND_VLDR || kind == KIND_VLDM ? latency + 2 : latency;
}

static bool is_word_load(const struct insn *insn)
{
    switch (insn->kind)
    {
    case KIND_LOAD:
        return insn->size == 4;
    case KIND_LDRD:
    case KIND_LDM:
    case KIND_VLDR:
    case KIND_VLDM:
    case KIND_VSTM:
        return true;
    default:
        return false;
    }
}

void m7_set_results(struct m7 *core, const struct insn *insn, int cycle, bool younger)
{
    const int latency = latency_of(insn, runs_early(core, insn, cycle, younger));
    const bool word_load = is_word_load(insn);
    int vldm_words = 0;

    for (regset set = insn->writes; set != 0; set &= set - 1)
    {
        const int bit = __builtin_ctzll(set);
        const bool base = insn->writeback && bit == insn->base && insn->kind != KIND_LOAD_PC;
        int wait = bit == FLAGS_BIT ? 2 : latency;

        if (bit >= FP_BIT)
        {
            wait = insn->kind == KIND_VLDM ? vldm_words++ / 2 + 1 : latency;
            core->accumulator_ready[bit - FP_BIT] = cycle + accumulator_latency(insn->kind, wait);
        }
        core->ready[bit] = cycle + (base ? 1 : wait);
        core->word_loaded &= ~((regset)1 << bit);
        core->word_loaded |= (regset)(word_load && !base) << bit;
    }
    if ((insn->writes & FLAGS) != 0)
    {
        core->flags_set = cycle;
    }
}
