/* SPDX-License-Identifier: MIT */
#include "pipeline.h"

#include <string.h>

#include "issue_m7.h"
#include "options.h"
#include "timing_m7.h"

#define FETCH_BLOCK 8
#define NO_MAC_NEAR 100

/* Takes the fetch blocks of the instruction; true when it has to wait for one. */
static bool waits_for_fetch(struct m7 *core, const struct insn *insn)
{
    const uint32_t end = (insn->pc + (uint32_t)insn->length - 1) / FETCH_BLOCK;
    bool waits = false;

    if (!options.m7_fetch)
    {
        return false;
    }
    for (; core->block != end; core->block++)
    {
        if (core->blocks_ahead > 0)
        {
            core->blocks_ahead--;
        }
        else
        {
            waits = true;
        }
    }
    return waits;
}

static int issue_cycle(struct m7 *core, const struct insn *insn)
{
    const bool pairs =
        core->slot_open && options.m7_dual_issue && m7_can_pair(&core->older, insn, core->cycle - core->last_mac);
    const bool waits = waits_for_fetch(core, insn);
    return m7_operands_ready(core, insn, core->cycle + (pairs && !waits ? 0 : 1));
}

static void take_slot(struct m7 *core, const struct insn *insn, int cycle, bool younger)
{
    if (younger)
    {
        core->slot_open = false;
    }
    else
    {
        core->slot_open = !m7_alone(insn);
        core->older = (struct m7_older){
            .kind = (uint8_t)insn->kind,
            .base = (uint8_t)insn->base,
            .offset = (int8_t)(insn->offset & 4),
            .register_offset = insn->register_offset,
            .rotated = insn->rotated,
            .starts_macs = insn->kind == KIND_VMAC && cycle - core->last_mac > M7_MAC_SHADOW,
        };
    }
    if (insn->kind == KIND_VMAC)
    {
        core->last_mac = cycle;
        core->last_mac_chained = insn->chained;
    }
}

/* Every cycle delivers a fetch block. */
static void advance(struct m7 *core, int cycle)
{
    core->blocks_ahead += cycle - core->cycle;
    if (core->blocks_ahead > options.m7_queue)
    {
        core->blocks_ahead = options.m7_queue;
    }
    core->cycle = cycle;
}

/* Returns the issue cycle; *paired is set for the second of two loads. */
static int issue(struct m7 *core, const struct insn *insn, bool *paired)
{
    const int cycle = issue_cycle(core, insn);
    const bool younger = cycle == core->cycle && core->slot_open;

    *paired = younger && m7_single_load(core->older.kind) && m7_single_load(insn->kind);
    advance(core, cycle);
    m7_set_results(core, insn, cycle, younger);
    take_slot(core, insn, cycle, younger);
    advance(core, cycle + m7_cycles(insn) - 1);
    return cycle;
}

static struct m7 restore(const struct m7_state *state, uint32_t pc)
{
    struct m7 core = {
        .word_loaded = state->word_loaded,
        .older = state->older,
        .slot_open = state->slot_open,
        .blocks_ahead = state->blocks_ahead,
        .block = pc / FETCH_BLOCK - state->block_needed,
        .last_mac = -state->mac_age,
        .last_mac_chained = state->mac_chained,
        .flags_set = -state->flags_age,
    };

    for (int i = 0; i < 64; i++)
    {
        core.ready[i] = state->ready[i];
    }
    for (int i = 0; i < 32; i++)
    {
        core.accumulator_ready[i] = state->accumulator_ready[i];
    }
    return core;
}

static int8_t still_to_wait(int cycles)
{
    return (int8_t)(cycles < 0 ? 0 : cycles > 60 ? 60 : cycles);
}

/* The state behind a block as far as both exits share it. */
static union pipeline_state common_exit(const struct m7 *core)
{
    const int mac_age = core->cycle - core->last_mac;
    const int flags_age = core->cycle - core->flags_set;
    union pipeline_state state;

    memset(&state, 0, sizeof state);
    state.m7.word_loaded = core->word_loaded;
    for (int i = 0; i < 64; i++)
    {
        state.m7.ready[i] = still_to_wait(core->ready[i] - core->cycle);
        if (state.m7.ready[i] == 0)
        {
            state.m7.word_loaded &= ~((regset)1 << i);
        }
    }
    for (int i = 0; i < 32; i++)
    {
        state.m7.accumulator_ready[i] = still_to_wait(core->accumulator_ready[i] - core->cycle);
    }
    state.m7.flags_age = (int8_t)(flags_age > 4 ? 4 : flags_age);
    state.m7.mac_age = (int8_t)(mac_age > 4 ? NO_MAC_NEAR : mac_age);
    state.m7.mac_chained = mac_age > 4 ? 0 : core->last_mac_chained;
    state.m7.blocks_ahead = (int8_t)core->blocks_ahead;
    return state;
}

static uint32_t fall_through(const struct m7 *core, const struct block *block)
{
    union pipeline_state state = common_exit(core);

    state.m7.slot_open = core->slot_open;
    if (core->slot_open)
    {
        state.m7.older = core->older;
        if (!m7_single_load(core->older.kind))
        {
            state.m7.older.base = 0;
            state.m7.older.offset = 0;
        }
    }
    state.m7.block_needed = block->end / FETCH_BLOCK != core->block;
    return state_intern(&state);
}

static uint32_t taken(const struct m7 *core, const struct block *block)
{
    union pipeline_state state = common_exit(core);

    state.m7.slot_open = options.m7_pair_target && core->slot_open;
    if (state.m7.slot_open)
    {
        state.m7.older.kind = (uint8_t)block_last_insn(block)->kind;
    }
    state.m7.block_needed = 1;
    return state_intern(&state);
}

struct passage pipeline_m7(const struct block *block, uint32_t entry, struct passage_detail detail)
{
    struct m7 core = restore(&state_get(entry)->m7, block->pc);

    for (int i = 0; i < block->count; i++)
    {
        const int before = core.cycle;
        bool paired;
        const int start = issue(&core, &block->insns[i], &paired);

        if (detail.cost != NULL)
        {
            detail.cost[i] = core.cycle - before;
        }
        if (detail.start != NULL)
        {
            detail.start[i] = start;
        }
        if (detail.overlaps != NULL)
        {
            detail.overlaps[i] = paired;
        }
    }

    struct passage passage = {.cycles = core.cycle};
    passage.exit[0] = can_fall_through(block) ? fall_through(&core, block) : STATE_CLEAN;
    passage.exit[1] = block->branch != BRANCH_NONE ? taken(&core, block) : passage.exit[0];
    return passage;
}

void pipeline_m7_intern_clean(void)
{
    union pipeline_state state;

    memset(&state, 0, sizeof state);
    state.m7.blocks_ahead = 1;
    state.m7.block_needed = 1;
    state.m7.flags_age = 4;
    state.m7.mac_age = NO_MAC_NEAR;
    state_intern(&state);
}
