/* SPDX-License-Identifier: MIT */
#ifndef TI_SQUARED_DIFFERENCE_H
#define TI_SQUARED_DIFFERENCE_H

#include "../common/ti_broadcast.h"
#include "../common/ti_requantize_s16.h"

/*
 * d = ((a[i] - a_zero_point) << 7) * a_m - ((b[i] - b_zero_point) << 7) * b_m
 * output[i] = clamp(zero_point + d * d * m)
 *
 * with the double rounding of ti_multiply_by_quantized_multiplier for the three multipliers and a clamp to int8. The
 * input multipliers are at most a half, so |d| is below 2^15.
 *
 * inputs[0] a  s8, walked as common/ti_broadcast.h says
 * inputs[1] b  s8
 * outputs[0]   s8 [product of dims]
 *
 * In place: output may be an input that has the output's shape.
 */
struct ti_squared_difference_s8_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t a_zero_point; /* -128..127, as all of them   */
    int32_t a_multiplier; /* at most 2^30 where shift is 0 */
    int32_t a_shift;      /* -31..0                        */
    int32_t b_zero_point;
    int32_t b_multiplier;
    int32_t b_shift;
    int32_t zero_point; /* of the output               */
    int32_t multiplier;
    int32_t shift;
};

/* The same of int16, whose zero points are 0, without the shift by 7. */
struct ti_squared_difference_s16_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t a_multiplier;
    int32_t a_shift;
    int32_t b_multiplier;
    int32_t b_shift;
    int32_t multiplier;
    int32_t shift;
};

/* A multiplier of at most a half. */
static inline bool ti_squared_difference_scale_valid(int32_t multiplier, int32_t shift)
{
    return ti_in_range(shift, -31, 0) && ti_in_range(multiplier, 0, shift < 0 ? INT32_MAX : INT32_C(1) << 30);
}

/* Portable. The truth that every other variant matches bit for bit. */
void ti_squared_difference_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_squared_difference_s8;
extern const struct ti_kernel ti_squared_difference_s16;

#endif
