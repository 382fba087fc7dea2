/* SPDX-License-Identifier: MIT */
#include "fetch_m4.h"

#include "options.h"

#define LONG_AGO (-6) /* a request or a slot older than this is as good as any */

static int8_t recent(int cycle)
{
    return (int8_t)(cycle < LONG_AGO ? LONG_AGO : cycle);
}

void m4_fetch_begin(struct m4_fetch *fetch, const struct m4_fetch_state *state, uint32_t pc)
{
    fetch->first = pc >> 2;
    fetch->current = fetch->first;
    fetch->count = state->queued;
    for (int i = 0; i < state->queued; i++)
    {
        fetch->requested[i] = state->requested[i];
    }
    for (int i = 0; i < 4; i++)
    {
        fetch->freed_before[i] = state->freed[i];
    }
    fetch->last_request = state->last_request;
    fetch->blocked = state->blocked;
    fetch->line_arrival = state->line_arrival != 0 ? state->line_arrival - 100 : M4_NO_LINE;
}

/* When the slot of the word at this index from `first` became free; the index may be negative. */
static int freed_at(const struct m4_fetch *fetch, int index)
{
    if (index >= 0)
    {
        return fetch->freed[index];
    }
    return fetch->freed_before[-index - 1 < 4 ? -index - 1 : 3];
}

/*
 * The cycle in which a request made in `cycle` is answered as fast as a hit would be. A line that has to come from
 * the flash array takes the wait states from the request on, or from the arrival of the line before when the
 * interface prefetches.
 */
static int after_flash(struct m4_fetch *fetch, int cycle, uint64_t missing)
{
    const uint32_t line_bytes = (uint32_t)options.flash_line;
    const uint32_t address = (fetch->first + (uint32_t)fetch->count) * 4;
    const uint32_t line = address / line_bytes - fetch->first * 4 / line_bytes;

    if (address % line_bytes != 0 && fetch->count != 0)
    {
        return cycle;
    }
    if (line >= 64 || (missing >> line & 1) == 0)
    {
        fetch->line_arrival = M4_NO_LINE;
        return cycle;
    }
    int arrival = cycle + options.wait_states;
    if (options.flash_prefetch && fetch->line_arrival > M4_NO_LINE)
    {
        const int prefetched = fetch->line_arrival + 1 + options.wait_states;
        arrival = prefetched < cycle ? cycle : prefetched < arrival ? prefetched : arrival;
    }
    fetch->line_arrival = arrival;
    return arrival;
}

static void request_next(struct m4_fetch *fetch, uint64_t missing)
{
    const int slot_free = freed_at(fetch, fetch->count - options.m4_queue_words) + options.m4_refill_delay;
    int cycle = fetch->last_request + 1;

    if (cycle < slot_free)
    {
        cycle = slot_free;
    }
    if (cycle == fetch->blocked)
    {
        cycle++;
    }
    if (missing != 0)
    {
        cycle = after_flash(fetch, cycle, missing);
    }
    fetch->requested[fetch->count++] = cycle;
    fetch->last_request = cycle;
}

int m4_fetch_insn(struct m4_fetch *fetch, const struct insn *insn, uint64_t missing)
{
    const int last = (int)((insn->pc + (uint32_t)insn->length - 1) / 4 - fetch->first);

    while (fetch->count <= last)
    {
        request_next(fetch, missing);
    }
    return fetch->requested[last] + M4_FETCH_TO_EXECUTE;
}

void m4_fetch_free(struct m4_fetch *fetch, const struct insn *insn, int cycle)
{
    const uint32_t next = (insn->pc + (uint32_t)insn->length) / 4;

    for (; fetch->current < next; fetch->current++)
    {
        fetch->freed[fetch->current - fetch->first] = cycle;
    }
}

static int8_t encode_line_arrival(int arrival, int now)
{
    const int age = arrival - now;

    if (options.wait_states == 0 || arrival <= M4_NO_LINE || age < -40)
    {
        return 0;
    }
    return (int8_t)(100 + (age > 20 ? 20 : age));
}

struct m4_fetch_state m4_fetch_end(const struct m4_fetch *fetch, int now)
{
    const int used = (int)(fetch->current - fetch->first);
    struct m4_fetch_state state = {0};

    for (int i = used; i < fetch->count && state.queued < 4; i++)
    {
        state.requested[state.queued++] = recent(fetch->requested[i] - now);
    }
    for (int i = 0; i < 4; i++)
    {
        state.freed[i] = recent(freed_at(fetch, used - 1 - i) - now);
    }
    state.last_request = recent(fetch->last_request - now);
    state.blocked = recent(fetch->blocked - now);
    state.line_arrival = encode_line_arrival(fetch->line_arrival, now);
    return state;
}

struct m4_fetch_state m4_fetch_taken(int target_request)
{
    return (struct m4_fetch_state){
        .queued = 1,
        .requested = {(int8_t)target_request},
        .last_request = (int8_t)target_request,
        .freed = {LONG_AGO, LONG_AGO, LONG_AGO, LONG_AGO},
        .blocked = LONG_AGO,
    };
}
