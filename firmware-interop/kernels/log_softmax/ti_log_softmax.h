/* SPDX-License-Identifier: MIT */
#ifndef TI_LOG_SOFTMAX_H
#define TI_LOG_SOFTMAX_H

#include "../common/ti_check.h"

/*
 * output[r, c] = (x[r, c] - m) - log(sum over j of exp(x[r, j] - m)), m the largest element of row r, every operation
 * in float and in this order.
 *
 * inputs[0]  f32 [rows, depth]
 * outputs[0] f32 [rows, depth]
 *
 * May be in place: a row is read to its end before it is written, then element by element.
 */
struct ti_log_softmax_f32_params
{
    int32_t rows;
    int32_t depth;
};

/*
 * Of int8, in fixed point: with d = x[r, c] - m as stored, e[k] = exp(-k * scale) from the table (softmax/ti_softmax.h)
 * and S the sum of all e[-d] rounded to Q12.19,
 *
 *   output[r, c] = clamp(round((d * scale - log(S)) * 2^4) + 127)
 *
 * d * scale is Q5.26, in double rounding; log(S) is Q5.26 by a rational function (log_of). Where d * scale - log(S)
 * would be -32 or below, and where d < -furthest, the output is -128.
 *
 * inputs[0]  s8  [rows, depth]
 * inputs[1]  s32 [table_size], constant; table[0] is INT32_MAX, all others are 0..INT32_MAX
 * outputs[0] s8  [rows, depth], scale 1/16, zero point 127; may be in place, like that of floats
 */
struct ti_log_softmax_s8_params
{
    int32_t rows;
    int32_t depth;      /* at most TI_SOFTMAX_DEPTH */
    int32_t table_size; /* 1..256 */
    int32_t multiplier; /* of scale * 2^26 */
    int32_t shift;
    int32_t furthest;
    int32_t back_multiplier; /* of the inverse of what the multiplier is without its shift to 2^31 */
    int32_t back_shift;
};

/* Portable. */
void ti_log_softmax_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_log_softmax_f32;
extern const struct ti_kernel ti_log_softmax_s8;

#endif
