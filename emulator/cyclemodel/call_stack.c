/* SPDX-License-Identifier: MIT */
#include "call_stack.h"

#include <stdlib.h>

#include "counters.h"
#include "elf_symbols.h"

#define SEARCHED 24 /* frames a return may skip, as longjmp does */

struct frame
{
    uint32_t return_address;
    int function;
    uint64_t begin;
};

static struct call_totals *totals;
static struct frame *frames;
static int depth;
static int capacity;

void call_stack_init(void)
{
    totals = calloc((size_t)elf_function_count() + 1, sizeof *totals);
}

static void push(uint32_t return_address, int function)
{
    if (depth == capacity)
    {
        capacity = capacity == 0 ? 256 : capacity * 2;
        frames = realloc(frames, (size_t)capacity * sizeof *frames);
    }
    frames[depth++] = (struct frame){return_address, function, cycles_now()};
    if (function >= 0)
    {
        totals[function].calls++;
        totals[function].depth++;
    }
}

static void pop(void)
{
    const struct frame *const frame = &frames[--depth];

    if (frame->function >= 0 && --totals[frame->function].depth == 0)
    {
        totals[frame->function].inclusive += cycles_now() - frame->begin;
    }
}

/* Whether this is a return; closes the frames it leaves, all that share the return address by tail calls. */
static bool returned_to(uint32_t pc)
{
    for (int i = depth - 1; i >= 0 && i >= depth - SEARCHED; i--)
    {
        if (frames[i].return_address == pc)
        {
            while (depth > i)
            {
                pop();
            }
            while (depth > 0 && frames[depth - 1].return_address == pc)
            {
                pop();
            }
            return true;
        }
    }
    return false;
}

static bool is_tail_call(const struct block *left, const struct block *entered)
{
    return depth > 0 && entered->function >= 0 && entered->function != left->function &&
           elf_function(entered->function)->start == entered->pc;
}

void call_stack_follow(const struct block *left, const struct block *entered)
{
    if (left->branch == BRANCH_CALL || left->branch == BRANCH_INDIRECT_CALL)
    {
        push(left->end, entered->function);
    }
    else if (!returned_to(entered->pc) && is_tail_call(left, entered))
    {
        push(frames[depth - 1].return_address, entered->function);
    }
}

const struct call_totals *call_stack_totals(int function)
{
    return &totals[function];
}
