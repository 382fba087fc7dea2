/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_TRANSITION_H
#define CYCLEMODEL_TRANSITION_H

#include "pipeline.h"

/* A block entered in one pipeline state, simulated once; after that an execution costs a comparison and an addition. */
struct transition
{
    struct transition *next;
    uint64_t missing; /* flash lines of the block that were not cached */
    uint32_t entry;
    uint32_t exit[2]; /* falling through, taken */
    int cycles;
    uint64_t executions;
    const bool *overlaps; /* see struct passage_detail; NULL when it is false everywhere */
    const int *starts;    /* worked out when first asked for */
};

/* Simulates when this block has not been entered like this before. */
struct transition *transition_find(struct block *block, uint32_t entry, uint64_t missing);

/* Cycle in which the instruction begins, from the start of the block. */
int transition_start_of(struct transition *transition, const struct insn *insn);

/* Cycles of each instruction of the block. */
void transition_costs(const struct transition *transition, const struct block *block, int *costs);

#endif
