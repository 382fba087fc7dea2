/* SPDX-License-Identifier: MIT */
#include "code_fetch.h"

#include "counters.h"
#include "options.h"

#define NO_LINE UINT32_MAX

struct cache code_lines;
struct cache icache;

static uint32_t last_line = NO_LINE; /* the line that the last block ended in */

bool code_fetch_init(void)
{
    if (options.wait_states != 0)
    {
        cache_init(&code_lines, options.code_lines, 0, options.flash_line);
    }
    if (options.icache_bytes != 0)
    {
        cache_init(&icache, options.icache_bytes / options.cache_line, options.icache_ways, options.cache_line);
    }
    return cache_exists(&icache) || (options.core == 4 && options.wait_states != 0);
}

/* The fetch queue works out what a missing line costs; see fetch_m4.c. */
static uint64_t fetch_flash(const struct block *block)
{
    const uint32_t line_bytes = (uint32_t)options.flash_line;
    const uint32_t first = block->pc / line_bytes;
    const uint32_t last = (block->end - 1) / line_bytes;
    uint64_t missing = 0;

    if (!in_window(block->pc, options.flash_base, options.flash_size))
    {
        return 0;
    }
    for (uint32_t line = first == last_line ? first + 1 : first; line <= last; line++)
    {
        const bool hit = cache_exists(&code_lines) && cache_access(&code_lines, line * line_bytes, false) == CACHE_HIT;

        if (!hit && line - first < 64)
        {
            missing |= (uint64_t)1 << (line - first);
        }
    }
    last_line = last;
    return missing;
}

static void fetch_icache(const struct block *block)
{
    const uint32_t line_bytes = (uint32_t)options.cache_line;
    const uint32_t last = (block->end - 1) / line_bytes;

    for (uint32_t line = block->pc / line_bytes; line <= last; line++)
    {
        if (line == last_line)
        {
            continue;
        }
        last_line = line;
        if (cache_access(&icache, line * line_bytes, false) != CACHE_HIT)
        {
            add_cycles(&counters.because.icache, options.icache_miss);
        }
    }
}

uint64_t code_fetch(const struct block *block)
{
    if (cache_exists(&icache))
    {
        fetch_icache(block);
        return 0;
    }
    return fetch_flash(block);
}
