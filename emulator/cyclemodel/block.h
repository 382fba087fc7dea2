/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_BLOCK_H
#define CYCLEMODEL_BLOCK_H

#include <stddef.h>

#include "insn.h"

/* Longer than any translation block of QEMU. */
#define MAX_BLOCK_INSNS 1000

struct transition;

/* A straight run of code as QEMU translates it: entered at the top, left at the end. */
struct block
{
    struct transition *transitions; /* most recently used first */
    uint32_t pc;
    uint32_t end; /* address behind the last instruction */
    enum branch_kind branch;
    bool conditional_end; /* the closing branch may be not taken */
    int count;
    struct insn *insns;
    int function; /* of elf_function_at, or -1 */

    struct block *next; /* in order of creation */
    struct block *same_hash;
    uint32_t hash;
};

/* The block of these instructions, decoded at first sight and kept for ever. */
struct block *block_for(uint32_t pc, const uint8_t *code, size_t bytes, size_t insns);

/* Head of the list of all blocks. */
const struct block *block_first(void);

static inline const struct insn *block_last_insn(const struct block *block)
{
    return &block->insns[block->count - 1];
}

#endif
