/* SPDX-License-Identifier: MIT */
#include "steps.h"

#include <stdio.h>
#include <stdlib.h>

#include "elf_symbols.h"

/* The moments at which the steps of an invocation begin; one more when it is complete. */
struct invocation
{
    struct moment *bounds;
    int count;
    int capacity;
};

static bool enabled;
static uint32_t word;
static bool inside;
static struct invocation current;
static struct invocation complete;

bool steps_init(const char *symbol)
{
    if (!elf_symbol(symbol, &word))
    {
        fprintf(stderr, "cyclemodel: steps=%s: the ELF file has no such symbol\n", symbol);
        return false;
    }
    enabled = true;
    return true;
}

bool steps_enabled(void)
{
    return enabled;
}

bool steps_are_counted_at(uint32_t address)
{
    return enabled && inside && address == word;
}

void steps_begin(void)
{
    inside = true;
    current.count = 0;
}

void steps_advance(struct moment moment)
{
    if (current.count == current.capacity)
    {
        current.capacity = current.capacity == 0 ? 64 : current.capacity * 2;
        current.bounds = realloc(current.bounds, (size_t)current.capacity * sizeof *current.bounds);
    }
    current.bounds[current.count++] = moment;
}

void steps_end(struct moment moment)
{
    const struct invocation previous = complete;

    steps_advance(moment);
    complete = current;
    current = previous;
    inside = false;
}

int steps_count(void)
{
    return complete.count == 0 ? 0 : complete.count - 1;
}

struct step steps_get(int index)
{
    const struct moment *const begin = &complete.bounds[index];

    return (struct step){
        .cycles = begin[1].cycles - begin[0].cycles,
        .instructions = begin[1].instructions - begin[0].instructions,
    };
}
