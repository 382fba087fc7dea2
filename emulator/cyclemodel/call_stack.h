/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_CALL_STACK_H
#define CYCLEMODEL_CALL_STACK_H

#include "block.h"

struct call_totals
{
    uint64_t calls;
    uint64_t inclusive; /* cycles, each recursion counted once */
    int depth;
};

/* A shadow of the guest's call stack, kept by return addresses. Call once the ELF's functions are known. */
void call_stack_init(void);

/* Control went from the branch that ends one block to another. */
void call_stack_follow(const struct block *left, const struct block *entered);

/* By index of elf_function. */
const struct call_totals *call_stack_totals(int function);

#endif
