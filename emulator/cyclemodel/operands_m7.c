/* SPDX-License-Identifier: MIT */
#include "issue_m7.h"
#include "timing_m7.h"

int m7_all_ready(const struct m7 *core, regset set, int cycle)
{
    for (; set != 0; set &= set - 1)
    {
        cycle = later(cycle, core->ready[__builtin_ctzll(set)]);
    }
    return cycle;
}

static bool from_word_load(const struct m7 *core, int bit)
{
    return (core->word_loaded >> bit & 1) != 0;
}

/* Earliest issue by ordinary operands. A branch does not wait for its flags: they are predicted. */
static int reads_ready(const struct m7 *core, const struct insn *insn)
{
    const bool early_unit = insn->shifted != 0 || insn->kind == KIND_BITFIELD || m7_rules(insn->kind)->multiplier;
    int cycle = 0;

    for (regset set = insn->reads; set != 0; set &= set - 1)
    {
        const int bit = __builtin_ctzll(set);
        const bool loaded = from_word_load(core, bit);

        if (bit >= FP_BIT)
        {
            cycle = later(cycle, core->ready[bit] + (insn->kind == KIND_VMOV_TO_CORE && loaded));
        }
        else if (bit != FLAGS_BIT || insn->branch != BRANCH_CONDITIONAL)
        {
            cycle = later(cycle, core->ready[bit] - 1 + (early_unit && loaded));
        }
    }
    return cycle;
}

/* VMLA takes its accumulator a cycle earlier than VFMA; the half left by MOVW is an ordinary operand of MOVT. */
static int accumulator_ready(const struct m7 *core, const struct insn *insn)
{
    int cycle = 0;

    for (regset set = insn->accumulator; set != 0; set &= set - 1)
    {
        const int bit = __builtin_ctzll(set);

        if (bit >= FP_BIT && !insn->double_precision)
        {
            cycle = later(cycle, core->accumulator_ready[bit - FP_BIT] - insn->chained);
        }
        else
        {
            cycle = later(cycle, core->ready[bit] - (insn->kind == KIND_MOV ? 1 : 2));
        }
    }
    return cycle;
}

static int stored_ready(const struct m7 *core, regset set)
{
    int cycle = 0;

    for (; set != 0; set &= set - 1)
    {
        const int bit = __builtin_ctzll(set);

        cycle = later(cycle, core->ready[bit] - (bit >= FP_BIT ? 2 : 3));
    }
    return cycle;
}

static int macs_done(const struct m7 *core, const struct insn *insn)
{
    const bool single = insn->kind == KIND_VLDR || insn->kind == KIND_VSTR;

    if (m7_rules(insn->kind)->waits_macs || (single && insn->double_precision))
    {
        return core->last_mac + M7_MAC_SHADOW + 1;
    }
    if (insn->kind == KIND_VMAC && !insn->chained && core->last_mac_chained)
    {
        return core->last_mac + 2;
    }
    return 0;
}

int m7_operands_ready(const struct m7 *core, const struct insn *insn, int cycle)
{
    cycle = m7_all_ready(core, insn->address | insn->shifted, cycle);
    cycle = later(cycle, reads_ready(core, insn));
    cycle = later(cycle, accumulator_ready(core, insn));
    cycle = later(cycle, stored_ready(core, insn->stored));
    cycle = later(cycle, macs_done(core, insn));
    if (insn->conditional)
    {
        cycle = later(cycle, core->ready[FLAGS_BIT] - 1);
    }
    return cycle;
}
