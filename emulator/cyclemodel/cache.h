/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_CACHE_H
#define CYCLEMODEL_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CACHE_HINTS 8192

struct cache_line
{
    uint32_t number; /* address / line size */
    bool dirty;
    uint64_t last_use;
};

/* Set associative, least recently used, write-allocate, write-back. */
struct cache
{
    struct cache_line *lines; /* NULL: there is no such cache */
    uint32_t sets;
    uint32_t ways;
    int line_shift;
    uint32_t *hints; /* where a line was last seen, which makes a hit in a fully associative cache cheap to find */
    uint64_t clock;
    uint64_t hits;
    uint64_t misses;
    uint64_t writebacks;
};

enum cache_result
{
    CACHE_HIT,
    CACHE_MISS,
    CACHE_MISS_DIRTY, /* and a changed line has to be written back */
};

/* ways 0: fully associative; lines 0: no cache. */
void cache_init(struct cache *cache, int lines, int ways, int line_bytes);

enum cache_result cache_access(struct cache *cache, uint32_t address, bool store);

static inline bool cache_exists(const struct cache *cache)
{
    return cache->lines != NULL;
}

#endif
