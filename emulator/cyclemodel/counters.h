/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_COUNTERS_H
#define CYCLEMODEL_COUNTERS_H

#include <stdint.h>

/* The account of the run. Cycles so far = pipeline + added. */
struct counters
{
    uint64_t pipeline; /* cycles of the static pipeline model */
    uint64_t added;    /* cycles that depend on addresses or history: all of the next group and more */
    uint64_t instructions;

    struct
    {
        uint64_t unaligned;
        uint64_t bank;
        uint64_t mispredict;
        uint64_t exception;
        uint64_t flash_data;
        uint64_t icache;
        uint64_t dcache;
        uint64_t store_buffer;
    } because;

    struct
    {
        uint64_t unaligned;
        uint64_t bank_conflicts;
        uint64_t branches;
        uint64_t mispredicts;
        uint64_t unknown_insns;
    } events;
};

extern struct counters counters;

static inline uint64_t cycles_now(void)
{
    return counters.pipeline + counters.added;
}

static inline void add_cycles(uint64_t *reason, int cycles)
{
    counters.added += (uint64_t)cycles;
    *reason += (uint64_t)cycles;
}

#endif
