/* SPDX-License-Identifier: MIT */
#include "predictor.h"

#include <stdlib.h>
#include <string.h>

#include "counters.h"
#include "options.h"

#define WAYS 4
#define WEAKLY_NOT_TAKEN 1
#define WEAKLY_TAKEN 2
#define STRONGLY_TAKEN 3

struct target
{
    uint32_t pc;
    uint32_t target;
    uint8_t counter;   /* used without global history */
    uint64_t last_use; /* 0: empty */
};

static struct target *btac;
static uint64_t btac_clock;

static uint8_t *patterns; /* two-bit counters */
static uint32_t history;

static uint32_t return_stack[64];
static int return_depth;

void predictor_init(void)
{
    const size_t pattern_count = (size_t)1 << options.m7_pattern_bits;

    btac = calloc((size_t)options.m7_btac, sizeof *btac);
    patterns = malloc(pattern_count);
    memset(patterns, WEAKLY_NOT_TAKEN, pattern_count);
}

/* The entry of this branch, or the one to replace. */
static struct target *btac_place(uint32_t pc)
{
    const uint32_t sets = (uint32_t)options.m7_btac / WAYS;
    struct target *const set = &btac[(pc >> 1) % sets * WAYS];
    struct target *oldest = set;

    for (struct target *entry = set; entry < set + WAYS; entry++)
    {
        if (entry->pc == pc && entry->last_use != 0)
        {
            return entry;
        }
        if (entry->last_use < oldest->last_use)
        {
            oldest = entry;
        }
    }
    return oldest;
}

/* The counter that decides a conditional branch, or NULL. A history longer than the index is folded. */
static uint8_t *direction_counter(uint32_t pc, struct target *known)
{
    if (options.m7_history == 0)
    {
        return known != NULL ? &known->counter : NULL;
    }
    const uint32_t recent = history & ((1u << options.m7_history) - 1);
    const uint32_t folded = recent ^ recent >> options.m7_pattern_bits;
    const uint32_t scattered = (pc >> 1) * 0x9E3779B1u >> (32 - options.m7_pattern_bits);

    return &patterns[(scattered ^ folded) & ((1u << options.m7_pattern_bits) - 1)];
}

static void learn(uint8_t *counter, bool taken)
{
    if (taken && *counter < STRONGLY_TAKEN)
    {
        ++*counter;
    }
    else if (!taken && *counter > 0)
    {
        --*counter;
    }
}

static int resolve_return(uint32_t target)
{
    if (return_depth > 0)
    {
        return_depth--;
        if (return_stack[return_depth % options.m7_return_stack] == target)
        {
            return 0;
        }
    }
    return options.m7_mispredict;
}

/* A taken prediction needs the target from the BTAC; without it the target comes from decode. */
static int resolve_conditional(struct target *known, uint32_t pc, bool taken, uint32_t target, bool flags_early)
{
    uint8_t *const counter = direction_counter(pc, known);
    const bool says_taken = counter != NULL && *counter >= WEAKLY_TAKEN;
    int penalty = 0;

    if (taken != (says_taken && known != NULL) || (taken && known->target != target))
    {
        penalty = taken && says_taken && known == NULL ? options.m7_no_target
                  : flags_early                        ? options.m7_mispredict_early
                                                       : options.m7_mispredict;
    }
    if (counter != NULL)
    {
        learn(counter, taken);
    }
    history = history << 1 | taken;
    return penalty;
}

static int resolve_unconditional(const struct target *known, enum branch_kind branch, uint32_t target)
{
    if (known == NULL)
    {
        return branch == BRANCH_DIRECT || branch == BRANCH_CALL ? options.m7_no_target : options.m7_mispredict;
    }
    return known->target != target ? options.m7_mispredict : 0;
}

static void remember_return(const struct block *block)
{
    const bool call = block->branch == BRANCH_CALL || block->branch == BRANCH_INDIRECT_CALL;

    if (call && options.m7_return_stack != 0)
    {
        return_stack[return_depth++ % options.m7_return_stack] = block->end;
    }
}

static int resolve_by_target(const struct block *block, bool taken, uint32_t target, bool flags_early)
{
    const uint32_t pc = block_last_insn(block)->pc;
    struct target *const place = btac_place(pc);
    struct target *const known = place->pc == pc && place->last_use != 0 ? place : NULL;
    const int penalty = block->conditional_end ? resolve_conditional(known, pc, taken, target, flags_early)
                                               : resolve_unconditional(known, block->branch, target);

    remember_return(block);
    if (known == NULL && taken)
    {
        *place = (struct target){.pc = pc, .counter = WEAKLY_TAKEN};
    }
    if (taken)
    {
        place->target = target;
    }
    if (known != NULL || taken)
    {
        place->last_use = ++btac_clock;
    }
    return penalty;
}

int predictor_resolve(const struct block *block, bool taken, uint32_t target, bool flags_early)
{
    const bool returns = block->branch == BRANCH_RETURN || block->branch == BRANCH_LOAD_PC;
    const bool by_stack = returns && options.m7_return_stack != 0 && (taken || !block->conditional_end);
    const int penalty = by_stack ? resolve_return(target) : resolve_by_target(block, taken, target, flags_early);

    counters.events.branches++;
    counters.events.mispredicts += penalty != 0;
    return penalty;
}
