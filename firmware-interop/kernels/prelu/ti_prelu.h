/* SPDX-License-Identifier: MIT */
#ifndef TI_PRELU_H
#define TI_PRELU_H

#include "../common/ti_broadcast.h"
#include "../common/ti_requantize_s16.h"

/*
 * output[i] = clamp(zero_point + x * identity)         where x = a[i] - a_zero_point is not negative
 * output[i] = clamp(zero_point + x * (b[i] - b_zero_point) * slope)                         elsewhere
 *
 * with the double rounding of ti_multiply_by_quantized_multiplier, b being alpha, and a clamp to int8.
 *
 * inputs[0] a  s8, walked as common/ti_broadcast.h says
 * inputs[1] b  s8
 * outputs[0]   s8 [product of dims]
 *
 * In place: output may be an input that has the output's shape.
 */
struct ti_prelu_s8_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t a_zero_point; /* -128..127, as all of them */
    int32_t b_zero_point;
    int32_t zero_point; /* of the output */
    int32_t identity_multiplier;
    int32_t identity_shift;
    int32_t slope_multiplier;
    int32_t slope_shift;
};

/* The same of int16, with alpha of int8 and a clamp to int16. */
struct ti_prelu_s16_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t a_zero_point; /* in the range of int16 */
    int32_t b_zero_point; /* -128..127             */
    int32_t zero_point;
    int32_t identity_multiplier;
    int32_t identity_shift;
    int32_t slope_multiplier;
    int32_t slope_shift;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_prelu_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_prelu_s8;
extern const struct ti_kernel ti_prelu_s16;

#endif
