/* SPDX-License-Identifier: MIT */
#ifndef TI_ARG_MAX_H
#define TI_ARG_MAX_H

#include "../common/ti_check.h"

/*
 * output[o, i] = the first a where input[o, a, i] is largest (or smallest). A float that is not a number loses against
 * every number; where all are such, a = 0.
 *
 * inputs[0]  s8, u8, s16, s32 or f32 [outer, axis, inner]
 * outputs[0] s32 or s64 [outer, inner]
 *
 * Not in place.
 */
struct ti_arg_max_params
{
    int32_t outer;
    int32_t axis;
    int32_t inner;
    int32_t type;     /* enum ti_type of the input    */
    int32_t out_type; /* TI_TYPE_S32 or TI_TYPE_S64   */
    int32_t smallest; /* 0: largest, 1: smallest      */
};

/* Portable. */
void ti_arg_max_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_arg_max;

#endif
