/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <stdlib.h>
#include <string.h>

#include "hash.h"

#define EMPTY UINT32_MAX

static union pipeline_state *states;
static uint32_t count;
static uint32_t capacity;

/* Open addressing, at most half full: state numbers by hash. */
static uint32_t *slots;
static uint32_t slot_count;

static uint32_t *slot_of(const union pipeline_state *state)
{
    for (uint64_t hash = hash_bytes(state, sizeof *state);; hash++)
    {
        uint32_t *const slot = &slots[hash & (slot_count - 1)];

        if (*slot == EMPTY || memcmp(&states[*slot], state, sizeof *state) == 0)
        {
            return slot;
        }
    }
}

static void grow_slots(void)
{
    slot_count = slot_count == 0 ? 1024 : slot_count * 2;
    slots = realloc(slots, slot_count * sizeof *slots);
    memset(slots, 0xFF, slot_count * sizeof *slots);
    for (uint32_t i = 0; i < count; i++)
    {
        *slot_of(&states[i]) = i;
    }
}

uint32_t state_intern(const union pipeline_state *state)
{
    if (count * 2 >= slot_count)
    {
        grow_slots();
    }
    uint32_t *const slot = slot_of(state);
    if (*slot == EMPTY)
    {
        if (count == capacity)
        {
            capacity = capacity == 0 ? 256 : capacity * 2;
            states = realloc(states, capacity * sizeof *states);
        }
        states[count] = *state;
        *slot = count++;
    }
    return *slot;
}

const union pipeline_state *state_get(uint32_t number)
{
    return &states[number];
}

uint32_t state_count(void)
{
    return count;
}
