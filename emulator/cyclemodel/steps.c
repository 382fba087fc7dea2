/* SPDX-License-Identifier: MIT */
#include "steps.h"

#include <stdio.h>
#include <stdlib.h>

#include "elf_symbols.h"
#include "guest_memory.h"

/* What the steps of an invocation have taken, by their numbers. */
struct invocation
{
    struct step *steps;
    int count;
    int capacity;
};

/* Numbers beyond it are no steps but a fault of the guest. */
#define MOST_STEPS (1 << 20)

static bool enabled;
static uint32_t word;
static bool inside;
static struct invocation current;
static struct invocation complete;
static int at = -1; /* the step in execution, -1 before the first one */
static struct moment since;

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
    at = -1;
    current.count = 0;
}

static void close_step(struct moment moment)
{
    if (at < 0)
    {
        return;
    }
    for (; current.count <= at; current.count++)
    {
        if (current.count == current.capacity)
        {
            current.capacity = current.capacity == 0 ? 64 : current.capacity * 2;
            current.steps = realloc(current.steps, (size_t)current.capacity * sizeof *current.steps);
        }
        current.steps[current.count] = (struct step){0};
    }
    current.steps[at].cycles += moment.cycles - since.cycles;
    current.steps[at].instructions += moment.instructions - since.instructions;
}

void steps_advance(struct moment moment)
{
    const uint32_t number = guest_read_word(word);

    close_step(moment);
    at = number < MOST_STEPS ? (int)number : -1;
    since = moment;
}

void steps_end(struct moment moment)
{
    const struct invocation previous = complete;

    close_step(moment);
    complete = current;
    current = previous;
    inside = false;
}

int steps_count(void)
{
    return complete.count;
}

struct step steps_get(int index)
{
    return complete.steps[index];
}
