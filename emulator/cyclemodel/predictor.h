/* SPDX-License-Identifier: MIT */
#ifndef CYCLEMODEL_PREDICTOR_H
#define CYCLEMODEL_PREDICTOR_H

#include "block.h"

/*
 * Branch prediction of the Cortex-M7. The real predictor is not public; this one has a branch target cache, two-bit
 * counters under global history and a return stack, sized by calibration on CoreMark.
 */
void predictor_init(void);

/* The branch that ends the block was decided; returns the penalty. flags_early: its flags were set 3 cycles before. */
int predictor_resolve(const struct block *block, bool taken, uint32_t target, bool flags_early);

#endif
