/* SPDX-License-Identifier: MIT */
#include "pipeline.h"

#include <string.h>

#include "fetch_m4.h"
#include "options.h"

/*
 * Cortex-M4: one instruction at a time, in order. Sources: [T] Technical Reference Manual, instruction timing;
 * [J] jnk0le/random, cortex_m3m4.md, measured on STM32F407. Cycles are counted from the start of the block.
 */
struct m4
{
    struct m4_fetch fetch;
    struct m4_carry last; /* what the instruction before has left */
    int now;              /* earliest start of the next instruction */
};

/* An instruction on its way through execution. */
struct m4_pass
{
    int fetched; /* earliest start by fetch */
    int start;
    int end;
    bool overlaps;
};

static bool it_folds(const struct m4 *core, const struct insn *insn)
{
    return insn->kind == KIND_IT && (options.m4_fold_it == 2 || (options.m4_fold_it == 1 && core->last.narrow));
}

/* An IT behind a 16-bit instruction is decoded along with it and takes no cycle of its own. [T] */
static void fold_it(struct m4 *core, struct m4_pass *pass)
{
    const int decoded = pass->fetched - 1;

    pass->start = decoded > core->now ? decoded : core->now;
    pass->end = pass->start;
    core->last.narrow = false;
    if (pass->end > core->now)
    {
        core->last.several_cycles = false;
        core->last.was_load = false;
    }
}

/* VDIV and VSQRT block the FPU, not the core; other results are late by one cycle. [T] */
static int fp_stall(struct m4_carry *last, const struct insn *insn)
{
    if (!kind_traits[insn->kind].fp)
    {
        return 0;
    }
    if (last->divider > 0)
    {
        const int wait = last->divider;
        last->divider = 0;
        return wait;
    }
    return ((insn->reads | insn->accumulator | insn->stored) & last->late_fp) != 0 ? options.m4_fp_latency : 0;
}

/*
 * Behind a load, whose data phase is the cycle before: an independent access overlaps it, so N loads take N + 1
 * cycles [T]; a NOP hides in it [J]. Returns the cycles won as a negative number.
 */
static int after_load(const struct insn *insn, regset loaded, bool *overlaps)
{
    const struct kind_traits *const traits = &kind_traits[insn->kind];

    if ((insn->address & loaded) != 0)
    {
        return options.m4_loaded_address;
    }
    if (traits->single && !insn->conditional)
    {
        *overlaps = traits->loads || options.m4_store_after_load;
        return *overlaps ? -1 : 0;
    }
    return insn->kind == KIND_NOP && options.m4_nop_after_load ? -1 : 0;
}

static void find_start(struct m4 *core, const struct insn *insn, struct m4_pass *pass)
{
    struct m4_carry *const last = &core->last;
    int start = core->now + fp_stall(last, insn);

    if (last->memory == M4_MEMORY_LOADING)
    {
        start += after_load(insn, last->loaded, &pass->overlaps);
    }
    else if (last->memory == M4_MEMORY_STORED && kind_traits[insn->kind].loads)
    {
        start += options.m4_load_after_store; /* [J] */
    }
    if ((insn->address & last->late_address) != 0 && start < core->now + options.m4_late_address)
    {
        start = core->now + options.m4_late_address; /* [J] */
    }
    if (start < pass->fetched)
    {
        start = pass->fetched;
    }
    pass->start = start;
    pass->overlaps = pass->overlaps && start < core->now;
}

/* Cycles of execution, and of the data phase where nothing can overlap it. [T] */
static int duration(const struct insn *insn)
{
    const bool two_words = insn->transfers == 2;

    switch (insn->kind)
    {
    case KIND_LOAD:
    case KIND_VLDR:
        return insn->conditional ? 1 : two_words ? 3 : 2;
    case KIND_STORE:
        return !insn->conditional && insn->register_offset ? options.m4_store_register : 1; /* [J] */
    case KIND_VSTR:
        return !insn->conditional && two_words ? 2 : 1;
    case KIND_LDRD:
    case KIND_STRD:
    case KIND_LDM:
    case KIND_STM:
    case KIND_VLDM:
    case KIND_VSTM:
        return 1 + (insn->conditional ? 0 : insn->transfers);
    case KIND_LOAD_PC:
    case KIND_TABLE_BRANCH:
        return 2;
    case KIND_DIV:
        return options.m4_divide;
    case KIND_VMAC:
        return options.m4_fp_multiply_add;
    case KIND_VMOV_TO_CORE:
    case KIND_VMOV_FROM_CORE:
        return insn->transfers;
    default:
        return 1;
    }
}

static bool is_fp_divide(const struct insn *insn)
{
    return insn->kind == KIND_VDIV || insn->kind == KIND_VSQRT;
}

static int divider_left(const struct m4 *core, const struct insn *insn, const struct m4_pass *pass)
{
    const int left = is_fp_divide(insn) ? options.m4_fp_divide - 1 : core->last.divider - (pass->end - core->now);

    return left > 0 ? left : 0;
}

static enum m4_memory memory_left(const struct insn *insn)
{
    if (!kind_traits[insn->kind].single || insn->conditional)
    {
        return M4_MEMORY_IDLE;
    }
    if (kind_traits[insn->kind].loads)
    {
        return insn->transfers == 2 ? M4_MEMORY_IDLE : M4_MEMORY_LOADING;
    }
    return insn->register_offset ? M4_MEMORY_IDLE : M4_MEMORY_STORED;
}

/*
 * A base written back by a load blocks only the overlap with the next access; one written back by a store, and any
 * ALU result, is a cycle late for address generation. [J]
 */
static void address_hazards(const struct insn *insn, struct m4_carry *next)
{
    const bool late = options.m4_late_address > 0;
    const regset base = insn->writeback ? CORE(insn->base) : 0;
    const regset late_base = late ? base : 0;

    if (kind_traits[insn->kind].single && kind_traits[insn->kind].loads)
    {
        const regset loaded = insn->conditional ? 0 : insn->writes & CORE_REGISTERS & ~base;

        next->loaded = (uint32_t)(loaded | late_base);
        return;
    }
    if (kind_traits[insn->kind].single)
    {
        next->late_address = (uint32_t)late_base;
        return;
    }
    switch (insn->kind)
    {
    case KIND_LDM:
    case KIND_STM:
    case KIND_LDRD:
    case KIND_STRD:
    case KIND_VLDM:
    case KIND_VSTM:
        return;
    default:
        next->late_address = (uint32_t)(late ? insn->writes & CORE_REGISTERS : 0);
    }
}

static regset late_fp_results(const struct insn *insn)
{
    switch (insn->kind)
    {
    case KIND_VADD:
    case KIND_VMUL:
    case KIND_VMAC:
    case KIND_VCVT:
        return insn->writes;
    default:
        return 0;
    }
}

static struct m4_carry carry_on(const struct m4 *core, const struct insn *insn, const struct m4_pass *pass)
{
    struct m4_carry next = {
        .late_fp = late_fp_results(insn),
        .memory = (uint8_t)memory_left(insn),
        .narrow = insn->length == 2 && insn->kind != KIND_IT && insn->branch == BRANCH_NONE,
        .several_cycles = pass->end - pass->start > 1,
        .was_load = insn->kind == KIND_LOAD || insn->kind == KIND_VLDR,
        .divider = (int8_t)divider_left(core, insn, pass),
    };

    address_hazards(insn, &next);
    return next;
}

/* A literal load and a branch that is not taken each use up a fetch cycle. */
static void block_fetch(struct m4_fetch *fetch, const struct insn *insn, int start)
{
    if (insn->literal && options.m4_literal_slot)
    {
        fetch->blocked = start;
    }
    if ((insn->kind == KIND_BCOND || insn->kind == KIND_CBZ) && options.m4_untaken_slot)
    {
        fetch->blocked = start - 1;
    }
}

/* When the fetch slots of an instruction become free; fitted to the alignment tables of ePrint 2025/523. */
static int slot_free(const struct m4_carry *last, int start)
{
    const bool early = options.m4_early_reuse == 3 || (options.m4_early_reuse == 1 && !last->several_cycles) ||
                       (options.m4_early_reuse == 2 && !last->several_cycles && !last->was_load);

    return early ? start - 1 : start;
}

static struct m4_pass execute(struct m4 *core, const struct insn *insn, uint64_t missing)
{
    struct m4_pass pass = {.fetched = m4_fetch_insn(&core->fetch, insn, missing)};
    const struct m4_carry last = core->last;

    if (it_folds(core, insn))
    {
        fold_it(core, &pass);
    }
    else
    {
        find_start(core, insn, &pass);
        pass.end = pass.start + duration(insn);
        block_fetch(&core->fetch, insn, pass.start);
        core->last = carry_on(core, insn, &pass);
    }
    m4_fetch_free(&core->fetch, insn, slot_free(&last, pass.start));
    core->now = pass.end;
    return pass;
}

/* The cycle in which a taken branch requests its target. */
static int target_request(const struct m4 *core, enum branch_kind branch)
{
    const int last_cycle = core->now - 1;

    switch (branch)
    {
    case BRANCH_INDIRECT:
    case BRANCH_INDIRECT_CALL:
        return last_cycle + options.m4_indirect_target;
    case BRANCH_RETURN:
        return last_cycle + options.m4_return_target;
    case BRANCH_LOAD_PC:
        return last_cycle + options.m4_load_pc - 2;
    case BRANCH_TABLE:
        return core->now - 2 + options.m4_table_branch - M4_FETCH_TO_EXECUTE;
    default:
        return last_cycle + options.m4_direct_target;
    }
}

static uint32_t fall_through(const struct m4 *core)
{
    union pipeline_state state;

    memset(&state, 0, sizeof state);
    state.m4.carry = core->last;
    state.m4.fetch = m4_fetch_end(&core->fetch, core->now);
    return state_intern(&state);
}

static uint32_t taken(const struct m4 *core, enum branch_kind branch)
{
    union pipeline_state state;

    memset(&state, 0, sizeof state);
    state.m4.carry.late_fp = core->last.late_fp;
    state.m4.carry.divider = core->last.divider;
    state.m4.fetch = m4_fetch_taken(target_request(core, branch) - core->now);
    return state_intern(&state);
}

struct passage pipeline_m4(const struct block *block, uint32_t entry, uint64_t missing, struct passage_detail detail)
{
    const struct m4_state *const state = &state_get(entry)->m4;
    struct m4 core;

    core.last = state->carry;
    core.now = 0;
    m4_fetch_begin(&core.fetch, &state->fetch, block->pc);
    for (int i = 0; i < block->count; i++)
    {
        const int before = core.now;
        const struct m4_pass pass = execute(&core, &block->insns[i], missing);

        if (detail.cost != NULL)
        {
            detail.cost[i] = pass.end - before;
        }
        if (detail.start != NULL)
        {
            detail.start[i] = pass.start;
        }
        if (detail.overlaps != NULL)
        {
            detail.overlaps[i] = pass.overlaps;
        }
    }

    struct passage passage = {.cycles = core.now};
    passage.exit[0] = can_fall_through(block) ? fall_through(&core) : STATE_CLEAN;
    passage.exit[1] = block->branch != BRANCH_NONE ? taken(&core, block->branch) : passage.exit[0];
    return passage;
}

void pipeline_m4_intern_clean(void)
{
    union pipeline_state state;

    memset(&state, 0, sizeof state);
    state.m4.fetch = m4_fetch_taken(0);
    state.m4.fetch.queued = 0;
    state.m4.fetch.requested[0] = 0;
    state.m4.fetch.last_request = -4;
    state_intern(&state);
}
