/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_PROFILE_H
#define CYCLEMODEL_PROFILE_H

#include "insn.h"

struct tally
{
    uint64_t count;
    uint64_t cycles;
};

/* An instruction of one block; code that is in two blocks has two. */
struct hot_address
{
    const struct insn *insn;
    struct tally tally;
    int order;
};

struct profile
{
    struct tally kinds[KIND_COUNT];
    struct tally *functions; /* by index of elf_function; instructions and own cycles of the pipeline model */
    struct hot_address *hot; /* most cycles first */
    int hot_count;
    uint64_t zero_cost_insns;
    uint64_t blocks;
    uint64_t transitions;
};

/* Where the cycles of the pipeline model went: every transition is simulated once more. */
void profile_make(struct profile *profile, bool hot);

#endif
