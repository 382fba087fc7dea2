/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_PIPELINE_H
#define CYCLEMODEL_PIPELINE_H

#include "block.h"
#include "state.h"

/* One pass of a block through a core. */
struct passage
{
    int cycles;
    uint32_t exit[2]; /* states: [0] falling through, [1] branch taken */
};

/* What happened to each instruction, where the caller wants it: arrays of block->count, or NULL. */
struct passage_detail
{
    int *cost;      /* cycles by which it moved the end of the passage */
    int *start;     /* cycle in which it began to execute, from the start of the passage */
    bool *overlaps; /* M4: runs in the data phase of the load before; M7: paired with it */
};

/* missing: bit n set when the n-th flash line of the block has to be read from the array. */
struct passage pipeline_m4(const struct block *block, uint32_t entry, uint64_t missing, struct passage_detail detail);
struct passage pipeline_m7(const struct block *block, uint32_t entry, struct passage_detail detail);

/* State 0 of each core. */
void pipeline_m4_intern_clean(void);
void pipeline_m7_intern_clean(void);

/* On the exit that does not continue in the pipeline: an unconditional branch cannot fall through. */
static inline bool can_fall_through(const struct block *block)
{
    return block->branch == BRANCH_NONE || block->conditional_end;
}

#endif
