/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_REGIONS_H
#define CYCLEMODEL_REGIONS_H

#include "options.h"
#include "run.h"

/*
 * The guest times itself by stores to `volatile uint32_t cyc_marker[520]`, found by its symbol or mark=ADDRESS:
 *   [2 * id]      region id (0 to 255) begins
 *   [2 * id + 1]  it ends
 *   [512]         the model writes its cycle count to [514..515] and its instruction count to [516..517]
 * Regions may nest and repeat. The word written does not matter; on hardware these are harmless stores.
 */
#define REGION_COUNT 256
#define MARKER_BYTES (520 * 4)

struct region
{
    uint64_t count;
    uint64_t cycles;
    uint64_t instructions;
    uint64_t shortest;
    uint64_t longest;
    struct moment begin;
    int depth;
};

void regions_mark(uint32_t address, struct moment moment);

const struct region *region_get(int id);

static inline bool regions_enabled(void)
{
    return options.marker != 0;
}

static inline bool regions_are_marked_at(uint32_t address)
{
    return regions_enabled() && address - options.marker < MARKER_BYTES;
}

#endif
