/* SPDX-License-Identifier: MIT */
#ifndef TI_ABS_H
#define TI_ABS_H

#include "../common/ti_requantize_s16.h"

/*
 * output[i] = clamp(|x[i]| * scale), with the double rounding of ti_multiply_by_quantized_multiplier. Of int8 it is a
 * table (kernels/lut), of float kernels/unary.
 *
 * inputs[0]  s16 [count]
 * outputs[0] s16 [count]
 *
 * In place: output may be input.
 */
struct ti_abs_s16_params
{
    int32_t count;
    int32_t multiplier;
    int32_t shift;
};

extern const struct ti_kernel ti_abs_s16;

#endif
