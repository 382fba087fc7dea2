/* SPDX-License-Identifier: MIT */
#ifndef TI_CUMSUM_H
#define TI_CUMSUM_H

#include "../common/ti_requantize.h"

/*
 * output[o, d, i] = the sum of input[o, 0..d, i].
 *
 * s8: requantize((sum of (input - input_zero_point) - input_zero_point) * 2^19), wrapping: TFLite Micro starts its sum
 * with a stored 0, which stands for -input_zero_point
 *
 * inputs[0]  [outer, depth, inner]
 * outputs[0] [outer, depth, inner]
 *
 * In place: output may be input.
 */
struct ti_cumsum_f32_params
{
    int32_t outer;
    int32_t depth;
    int32_t inner;
    int32_t exclusive; /* the element itself is left out */
    int32_t reverse;   /* from the last */
};

struct ti_cumsum_s8_params
{
    int32_t outer;
    int32_t depth;
    int32_t inner;
    int32_t exclusive; /* the element itself is left out */
    int32_t reverse;   /* from the last */
    int32_t input_zero_point;
    int32_t multiplier;
    int32_t shift;
    int32_t zero_point;
};

extern const struct ti_kernel ti_cumsum_f32;
extern const struct ti_kernel ti_cumsum_s8;

#endif
