/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_ISSUE_M7_H
#define CYCLEMODEL_ISSUE_M7_H

#include "insn.h"
#include "options.h"
#include "state.h"

/*
 * What the Cortex-M7 does with each kind of instruction. Sources: [J] jnk0le/random, cortex_m7.md, measured on
 * STM32H743; [S] slothy, cortex_m7.py.
 */
struct m7_rules
{
    int latency;     /* cycles until an early operand can use the result; one more than for an ordinary operand */
    int cycles;      /* of issue; 0 means 1 */
    bool alone;      /* never beside another instruction */
    bool older_only; /* bitfield, extend and DSP unit: only in the older slot */
    bool multiplier;
    bool fp_arithmetic;
    bool fp_move;
    bool fp_data;    /* FP load, store or register move: gets in the way of an FP multiply-accumulate */
    bool waits_macs; /* not within 3 cycles of an FP multiply-accumulate */
};

const struct m7_rules *m7_rules(enum insn_kind kind);

bool m7_alone(const struct insn *insn);
bool m7_single_load(enum insn_kind kind);

/* May the instruction take the younger slot beside `older`? mac_age: cycles since the last FP multiply-accumulate. */
bool m7_can_pair(const struct m7_older *older, const struct insn *younger, int mac_age);

#endif
