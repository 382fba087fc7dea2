/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_FETCH_M4_H
#define CYCLEMODEL_FETCH_M4_H

#include "block.h"
#include "state.h"

/*
 * The prefetch queue of the Cortex-M4, word by word (Arm FAQ and Cortex-M3 TRM on the prefetch unit).
 *
 * Words are requested in order, one a cycle, while fewer than m4_fcap of them wait or are in flight. A word requested
 * in cycle c is decoded in c + 2, so its instruction executes from c + 3. Runs of unaligned 32-bit instructions and
 * unaligned branch targets stall because of this, with no rule of their own.
 */
#define M4_FETCH_TO_EXECUTE 3

struct m4_fetch
{
    uint32_t first;   /* word address (pc / 4) of requested[0] and freed[0] */
    uint32_t current; /* first word that is still needed */
    int count;        /* words requested from `first` on */
    int requested[MAX_BLOCK_INSNS + 8];
    int freed[MAX_BLOCK_INSNS + 8]; /* when the slot of a used word became free */
    int freed_before[4];            /* the same for the words before `first`, nearest first */
    int last_request;
    int blocked;
    int line_arrival; /* of the last line read from flash, or M4_NO_LINE */
};

#define M4_NO_LINE (-1000)

void m4_fetch_begin(struct m4_fetch *fetch, const struct m4_fetch_state *state, uint32_t pc);

/* Earliest execution of the instruction. missing: flash lines of the block to be read from the array. */
int m4_fetch_insn(struct m4_fetch *fetch, const struct insn *insn, uint64_t missing);

/* The words that the instruction used up are free from this cycle on. */
void m4_fetch_free(struct m4_fetch *fetch, const struct insn *insn, int cycle);

/* At cycle `now`: the queue as the next block finds it, after falling through or with its target requested. */
struct m4_fetch_state m4_fetch_end(const struct m4_fetch *fetch, int now);
struct m4_fetch_state m4_fetch_taken(int target_request);

#endif
