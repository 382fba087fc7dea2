/* SPDX-License-Identifier: MIT */
#ifndef TI_RSQRT_H
#define TI_RSQRT_H

#include "../common/ti_requantize_s16.h"

/*
 * output[i] = 1 / sqrt(input[i]); inputs of zero and below give 32767. The inverse root of the stored difference to the
 * zero point is gemmlowp's: five Newton steps in Q3.28, then a multiplication by sqrt(1/2). It has 20 bits below the
 * point when it is rescaled. (Of int8 it is a table: kernels/lut.)
 *
 * inputs[0]  s16 [count]
 * outputs[0] s16 [count]
 *
 * In place: output may be input.
 */
struct ti_rsqrt_s16_params
{
    int32_t count;
    int32_t input_zero_point; /* -32768..32767 */
    int32_t multiplier;
    int32_t shift;
    int32_t zero_point; /* of the output */
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_rsqrt_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_rsqrt_s16;

#endif
