/* SPDX-License-Identifier: MIT */
#include "run.h"

#include "call_stack.h"
#include "code_fetch.h"
#include "counters.h"
#include "options.h"
#include "predictor.h"

struct counters counters;
struct run run;

static bool fetch_costs;

void run_init(void)
{
    fetch_costs = code_fetch_init();
    if (options.core == 7)
    {
        predictor_init();
        pipeline_m7_intern_clean();
    }
    else
    {
        pipeline_m4_intern_clean();
    }
}

static uint32_t resolve_branch(const struct block *left, const struct transition *transition, uint32_t pc)
{
    const bool taken = pc != left->end;

    if (options.core == 7)
    {
        const bool flags_early = state_get(transition->exit[1])->m7.flags_age >= 3;
        const int penalty = predictor_resolve(left, taken, pc, flags_early);

        if (penalty != 0)
        {
            add_cycles(&counters.because.mispredict, penalty);
            return STATE_CLEAN;
        }
    }
    return transition->exit[taken];
}

/* Only an exception leads from a block without a branch to anywhere but its end, or to itself when QEMU repeats it. */
static uint32_t follow(const struct block *left, const struct transition *transition, uint32_t pc)
{
    if (pc != left->end && pc != left->pc)
    {
        add_cycles(&counters.because.exception, options.exception_cycles);
        return STATE_CLEAN;
    }
    return transition->exit[0];
}

static uint32_t state_on_entry(const struct block *block)
{
    const struct block *const left = run.block;

    if (left == NULL)
    {
        return STATE_CLEAN;
    }
    if (left->branch == BRANCH_NONE)
    {
        return follow(left, run.transition, block->pc);
    }
    const uint32_t state = resolve_branch(left, run.transition, block->pc);
    if (options.track_calls)
    {
        call_stack_follow(left, block);
    }
    return state;
}

void run_enter(unsigned int cpu, void *userdata)
{
    struct block *const block = userdata;
    const uint32_t state = state_on_entry(block);
    const uint64_t missing = fetch_costs ? code_fetch(block) : 0;
    struct transition *transition = block->transitions;

    (void)cpu;
    if (transition == NULL || transition->entry != state || transition->missing != missing)
    {
        transition = transition_find(block, state, missing);
    }
    transition->executions++;
    counters.pipeline += (uint64_t)transition->cycles;
    counters.instructions += (uint64_t)block->count;
    run.block = block;
    run.transition = transition;
}

struct moment run_moment(const struct insn *insn)
{
    const uint64_t entered = cycles_now() - (uint64_t)run.transition->cycles;

    return (struct moment){
        .cycles = entered + (uint64_t)(int64_t)transition_start_of(run.transition, insn),
        .instructions = counters.instructions - (uint64_t)(insn->block->count - insn->index),
    };
}
