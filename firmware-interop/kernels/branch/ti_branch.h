/* SPDX-License-Identifier: MIT */
#ifndef TI_BRANCH_H
#define TI_BRANCH_H

#include "../common/ti_check.h"

/*
 * Control flow: which step is next. The `entry` of the step record is the number of a step of the program, or their
 * count, which ends the invocation. It is next when there is no input, or when inputs[0] is `when`; else the step that
 * follows. The runtime does this itself (runtime/ti_invoke.c): `run` is NULL.
 *
 * inputs[0] bool [1], any value but 0 is true; or no input at all
 */
struct ti_branch_params
{
    int32_t when; /* 0 or 1: false or true; without an input 0 */
};

extern const struct ti_kernel ti_branch;

#endif
