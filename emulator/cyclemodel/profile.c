/* SPDX-License-Identifier: MIT */
#include "profile.h"

#include <stdlib.h>

#include "elf_symbols.h"
#include "transition.h"

static void add(struct tally *tally, uint64_t count, uint64_t cycles)
{
    tally->count += count;
    tally->cycles += cycles;
}

static void add_transition(struct profile *profile, const struct transition *transition, const struct block *block,
                           struct tally *insns)
{
    int costs[MAX_BLOCK_INSNS];

    transition_costs(transition, block, costs);
    for (int i = 0; i < block->count; i++)
    {
        const uint64_t cycles = transition->executions * (uint64_t)costs[i];

        add(&profile->kinds[block->insns[i].kind], transition->executions, cycles);
        add(&insns[i], transition->executions, cycles);
        profile->zero_cost_insns += costs[i] == 0 ? transition->executions : 0;
    }
    if (block->function >= 0)
    {
        add(&profile->functions[block->function], transition->executions * (uint64_t)block->count,
            transition->executions * (uint64_t)transition->cycles);
    }
}

static void add_hot(struct profile *profile, const struct block *block, const struct tally *insns)
{
    profile->hot = realloc(profile->hot, (size_t)(profile->hot_count + block->count) * sizeof *profile->hot);
    for (int i = 0; i < block->count; i++)
    {
        if (insns[i].count != 0)
        {
            const int order = profile->hot_count++;

            profile->hot[order] = (struct hot_address){&block->insns[i], insns[i], order};
        }
    }
}

static int by_cycles(const void *a, const void *b)
{
    const struct hot_address *const x = a;
    const struct hot_address *const y = b;

    return x->tally.cycles != y->tally.cycles ? (x->tally.cycles > y->tally.cycles ? -1 : 1) : x->order - y->order;
}

void profile_make(struct profile *profile, bool hot)
{
    *profile = (struct profile){
        .functions = calloc((size_t)elf_function_count() + 1, sizeof *profile->functions),
    };
    for (const struct block *block = block_first(); block != NULL; block = block->next)
    {
        struct tally insns[MAX_BLOCK_INSNS] = {0};

        for (const struct transition *t = block->transitions; t != NULL; t = t->next)
        {
            add_transition(profile, t, block, insns);
            profile->transitions++;
        }
        if (hot)
        {
            add_hot(profile, block, insns);
        }
        profile->blocks++;
    }
    if (hot)
    {
        qsort(profile->hot, (size_t)profile->hot_count, sizeof *profile->hot, by_cycles);
    }
}
