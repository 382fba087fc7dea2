/* SPDX-License-Identifier: MIT */
#include "issue_m7.h"

static const struct m7_rules rules[KIND_COUNT] = {
    [KIND_NOP] = {.latency = 2},
    [KIND_ALU] = {.latency = 2},
    [KIND_ADD] = {.latency = 2},
    [KIND_MOV] = {.latency = 2},
    [KIND_SHIFT] = {.latency = 2},
    [KIND_ALU_SHIFTED] = {.latency = 2},
    [KIND_EXTEND] = {.latency = 2, .older_only = true},
    [KIND_BITFIELD] = {.latency = 2, .older_only = true},
    [KIND_DSP] = {.latency = 2, .older_only = true},
    [KIND_MUL] = {.latency = 3, .multiplier = true},
    [KIND_MAC] = {.latency = 3, .multiplier = true},
    [KIND_DIV] = {.alone = true},
    [KIND_LOAD] = {.latency = 2},
    [KIND_STORE] = {.latency = 2},
    [KIND_LDRD] = {.latency = 2, .alone = true},
    [KIND_STRD] = {.latency = 2, .alone = true},
    [KIND_LDM] = {.alone = true},
    [KIND_STM] = {.latency = 2, .alone = true},
    [KIND_B] = {.latency = 2},
    [KIND_BCOND] = {.latency = 2},
    [KIND_CBZ] = {.latency = 2},
    [KIND_BL] = {.latency = 2},
    [KIND_BX] = {.latency = 2},
    [KIND_BLX] = {.latency = 2},
    [KIND_LOAD_PC] = {.latency = 2, .alone = true},
    [KIND_TABLE_BRANCH] = {.latency = 2, .alone = true},
    [KIND_IT] = {.latency = 2},
    [KIND_SYSTEM] = {.latency = 2, .cycles = 2, .alone = true},
    [KIND_VADD] = {.latency = 3, .fp_arithmetic = true, .waits_macs = true},
    [KIND_VMUL] = {.latency = 3, .fp_arithmetic = true},
    [KIND_VMAC] = {.latency = 5, .fp_arithmetic = true},
    [KIND_VDIV] = {.latency = 17, .cycles = 16, .alone = true},
    [KIND_VSQRT] = {.latency = 15, .cycles = 14, .alone = true},
    [KIND_VMOV] = {.latency = 3, .fp_move = true, .fp_data = true},
    [KIND_VMOV_FROM_CORE] = {.latency = 3, .fp_move = true, .fp_data = true},
    [KIND_VMOV_TO_CORE] = {.latency = 2, .fp_move = true, .fp_data = true},
    [KIND_VMOV_IMMEDIATE] = {.latency = 3, .fp_move = true, .waits_macs = true},
    [KIND_VCVT] = {.latency = 3, .fp_arithmetic = true},
    [KIND_VCMP] = {.latency = 3, .fp_arithmetic = true},
    [KIND_VMRS] = {.latency = 3},
    [KIND_VLDR] = {.latency = 1, .fp_data = true},
    [KIND_VSTR] = {.latency = 2, .fp_data = true},
    [KIND_VLDM] = {.alone = true, .waits_macs = true},
    [KIND_VSTM] = {.alone = true, .waits_macs = true},
    [KIND_UNKNOWN] = {.latency = 2, .alone = true},
};

const struct m7_rules *m7_rules(enum insn_kind kind)
{
    return &rules[kind];
}

bool m7_alone(const struct insn *insn)
{
    switch (insn->kind)
    {
    case KIND_VMOV_TO_CORE:
    case KIND_VMOV_FROM_CORE:
    case KIND_VLDR:
    case KIND_VSTR:
        return insn->transfers == 2;
    default:
        return rules[insn->kind].alone || insn->double_precision;
    }
}

bool m7_single_load(enum insn_kind kind)
{
    return kind == KIND_LOAD || kind == KIND_VLDR;
}

static bool is_single_store(enum insn_kind kind)
{
    return kind == KIND_STORE || kind == KIND_VSTR;
}

/* Two word loads go together unless they are seen to hit one bank; other addresses are compared at run time. [J] */
static bool loads_pair(const struct m7_older *older, const struct insn *younger)
{
    const bool comparable = older->kind == KIND_LOAD && younger->kind == KIND_LOAD && older->base == younger->base &&
                            !older->register_offset && !younger->register_offset;

    return !comparable || ((older->offset ^ younger->offset) & 4) != 0;
}

/* One shifter feeds both slots. [J] */
static bool shifters_clash(const struct m7_older *older, const struct insn *younger)
{
    const bool younger_shifts = younger->kind == KIND_ALU_SHIFTED || younger->rotated;
    const bool older_shifts =
        older->kind == KIND_ALU_SHIFTED || older->rotated || older->kind == KIND_SHIFT || older->kind == KIND_BITFIELD;

    return younger_shifts && older_shifts;
}

/* FP arithmetic, moves and multiply-accumulates against each other [J]; two moves [S]. */
static bool fp_clash(const struct m7_older *older, const struct insn *younger, int mac_age)
{
    const struct m7_rules *const o = &rules[older->kind];
    const struct m7_rules *const y = &rules[younger->kind];

    if ((o->fp_arithmetic && y->fp_arithmetic) || (o->fp_move && y->fp_move))
    {
        return true;
    }
    if (older->kind == KIND_VMAC && y->fp_data)
    {
        return !older->starts_macs;
    }
    if (y->fp_data && mac_age >= 1 && mac_age <= 3)
    {
        return true;
    }
    return younger->kind == KIND_VMAC && o->fp_data && mac_age <= 3;
}

bool m7_can_pair(const struct m7_older *older, const struct insn *younger, int mac_age)
{
    const struct m7_rules *const o = &rules[older->kind];
    const struct m7_rules *const y = &rules[younger->kind];
    const enum insn_kind older_kind = older->kind;

    if (m7_alone(younger) || y->older_only)
    {
        return false;
    }
    if (m7_single_load(older_kind) && m7_single_load(younger->kind))
    {
        return loads_pair(older, younger);
    }
    if (is_single_store(older_kind) && (is_single_store(younger->kind) || y->multiplier))
    {
        return false;
    }
    if (o->multiplier && (y->multiplier || is_single_store(younger->kind)))
    {
        return false;
    }
    return !shifters_clash(older, younger) && !fp_clash(older, younger, mac_age);
}
