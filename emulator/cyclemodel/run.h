/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_RUN_H
#define CYCLEMODEL_RUN_H

#include "transition.h"

/* A point of the run: what has passed before it. */
struct moment
{
    uint64_t cycles;
    uint64_t instructions;
};

/* The block in execution; NULL before the first one. */
struct run
{
    struct block *block;
    struct transition *transition;
};

extern struct run run;

void run_init(void);

/* QEMU enters a block. */
void run_enter(unsigned int cpu, void *block);

/* When an instruction of the block in execution began. */
struct moment run_moment(const struct insn *insn);

#endif
