/* SPDX-License-Identifier: MIT */
#include "cache.h"

#include <stdlib.h>

#define NO_LINE UINT32_MAX

void cache_init(struct cache *cache, int lines, int ways, int line_bytes)
{
    if (lines <= 0)
    {
        return;
    }
    if (ways <= 0 || ways > lines)
    {
        ways = lines;
    }
    cache->ways = (uint32_t)ways;
    cache->sets = (uint32_t)(lines / ways);
    cache->line_shift = __builtin_ctz((unsigned)line_bytes);
    cache->lines = calloc((size_t)cache->sets * cache->ways, sizeof *cache->lines);
    for (uint32_t i = 0; i < cache->sets * cache->ways; i++)
    {
        cache->lines[i].number = NO_LINE;
    }
    cache->hints = calloc(CACHE_HINTS, sizeof *cache->hints);
}

/* Index of the line, or of the one to replace. */
static uint32_t place_of(struct cache *cache, uint32_t number)
{
    const uint32_t first = number % cache->sets * cache->ways;
    uint32_t *const hint = &cache->hints[number % CACHE_HINTS];
    uint32_t oldest = first;

    if (cache->lines[*hint].number == number)
    {
        return *hint;
    }
    for (uint32_t i = first; i < first + cache->ways; i++)
    {
        if (cache->lines[i].number == number)
        {
            *hint = i;
            return i;
        }
        if (cache->lines[i].last_use < cache->lines[oldest].last_use)
        {
            oldest = i;
        }
    }
    *hint = oldest;
    return oldest;
}

enum cache_result cache_access(struct cache *cache, uint32_t address, bool store)
{
    const uint32_t number = address >> cache->line_shift;
    struct cache_line *const line = &cache->lines[place_of(cache, number)];
    enum cache_result result = CACHE_HIT;

    if (line->number == number)
    {
        cache->hits++;
        line->dirty = line->dirty || store;
    }
    else
    {
        cache->misses++;
        cache->writebacks += line->dirty;
        result = line->dirty ? CACHE_MISS_DIRTY : CACHE_MISS;
        line->number = number;
        line->dirty = store;
    }
    line->last_use = ++cache->clock;
    return result;
}
