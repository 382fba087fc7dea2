/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_STEPS_H
#define CYCLEMODEL_STEPS_H

#include "run.h"

/*
 * Cycles per layer with no instrumentation: the runtime keeps the number of the step it is at in memory, and every
 * store to that word ends a step and begins the one whose number is stored. Loops come to a step more than once,
 * branches pass it over: its figures are the sums. Steps count from the begin of marker region 0, which surrounds one
 * invocation; its end closes the last step. The report has the last invocation that was completed.
 */
#define STEPS_REGION 0

struct step
{
    uint64_t cycles;
    uint64_t instructions;
};

/* The word is at this symbol of the ELF. False after one sentence on stderr. */
bool steps_init(const char *symbol);

bool steps_enabled(void);
bool steps_are_counted_at(uint32_t address);

void steps_begin(void);
void steps_advance(struct moment moment);
void steps_end(struct moment moment);

/* Of the last complete invocation: one more than the largest number. */
int steps_count(void);
struct step steps_get(int index);

#endif
