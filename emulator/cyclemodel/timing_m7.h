/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_TIMING_M7_H
#define CYCLEMODEL_TIMING_M7_H

#include "insn.h"
#include "state.h"

/*
 * Cortex-M7: in order, up to two instructions a cycle. Cycles are counted from the last issue before the block.
 *
 * A result that is ready in cycle r can be the address or shifted operand of an instruction issued in r, the ordinary
 * operand of one in r - 1 (the ALU is a stage later), the accumulator of one in r - 2 and the data of a store in r - 3.
 * Sources: see issue_m7.h.
 */
struct m7
{
    int cycle; /* of the last issue */
    int ready[64];
    int accumulator_ready[32];
    regset word_loaded;
    struct m7_older older;
    bool slot_open;
    int blocks_ahead;
    uint32_t block; /* pc / 8 of the fetch block last taken */
    int last_mac;
    bool last_mac_chained;
    int flags_set;
};

#define M7_MAC_SHADOW 3 /* cycles in which a multiply-accumulate keeps other paths of the FPU busy */

static inline int later(int a, int b)
{
    return a > b ? a : b;
}

/* Cycles of issue. */
int m7_cycles(const struct insn *insn);

/* The latest of the cycles in which these become ready, but not before `cycle`. */
int m7_all_ready(const struct m7 *core, regset set, int cycle);

/* Earliest issue, but not before `cycle`. */
int m7_operands_ready(const struct m7 *core, const struct insn *insn, int cycle);

/* Of an instruction issued in `cycle`, in the younger slot or in the older one. */
void m7_set_results(struct m7 *core, const struct insn *insn, int cycle, bool younger);

#endif
