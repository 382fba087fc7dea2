/* SPDX-License-Identifier: MIT */
#include "regions.h"

#include "guest_memory.h"
#include "steps.h"

#define WORD_ASK 512
#define WORD_ANSWER 514

static struct region regions[REGION_COUNT];

static void begin(int id, struct moment moment)
{
    struct region *const region = &regions[id];

    if (region->depth++ == 0)
    {
        region->begin = moment;
        if (id == STEPS_REGION)
        {
            steps_begin();
        }
    }
}

static void end(int id, struct moment moment)
{
    struct region *const region = &regions[id];

    if (region->depth == 0 || --region->depth != 0)
    {
        return;
    }
    const uint64_t cycles = moment.cycles - region->begin.cycles;

    region->cycles += cycles;
    region->instructions += moment.instructions - region->begin.instructions;
    if (region->count == 0 || cycles < region->shortest)
    {
        region->shortest = cycles;
    }
    if (cycles > region->longest)
    {
        region->longest = cycles;
    }
    region->count++;
    if (id == STEPS_REGION)
    {
        steps_end(moment);
    }
}

void regions_mark(uint32_t address, struct moment moment)
{
    const uint32_t word = (address - options.marker) / 4;

    if (address == options.marker + WORD_ASK * 4)
    {
        guest_write(options.marker + WORD_ANSWER * 4, &moment, sizeof moment);
    }
    else if (word < 2 * REGION_COUNT)
    {
        (word % 2 == 0 ? begin : end)((int)(word / 2), moment);
    }
}

const struct region *region_get(int id)
{
    return &regions[id];
}
