/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_CODE_FETCH_H
#define CYCLEMODEL_CODE_FETCH_H

#include "block.h"
#include "cache.h"

/* The memory that instructions come from: flash of an M4 part behind its line cache, or the L1 cache of an M7 part. */
extern struct cache code_lines;
extern struct cache icache;

/* False while every fetch takes no time of its own. */
bool code_fetch_init(void);

/* Fetches the block; returns the flash lines to be read from the array, bit n for the n-th line of the block. */
uint64_t code_fetch(const struct block *block);

static inline bool in_window(uint32_t address, uint32_t base, uint32_t size)
{
    return address - base < size;
}

#endif
