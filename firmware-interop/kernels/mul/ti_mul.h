/* SPDX-License-Identifier: MIT */
#ifndef TI_MUL_H
#define TI_MUL_H

#include "../common/ti_broadcast.h"
#include "../common/ti_float.h"
#include "../common/ti_requantize_s16.h"

/*
 * output[i] = requantize((a[i] - a_zero_point) * (b[i] - b_zero_point))
 *
 * inputs[0] a  s8, walked as common/ti_broadcast.h says
 * inputs[1] b  s8
 * outputs[0]   s8 [product of dims]
 *
 * In place: output may be an input that has the output's shape.
 */
struct ti_mul_s8_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t a_zero_point; /* -128..127, as all of them   */
    int32_t b_zero_point;
    int32_t zero_point; /* of the output               */
    int32_t multiplier;
    int32_t shift;
    int32_t min; /* fused activation, -128..127 */
    int32_t max;
};

/* The same of int16, which has no zero points. */
struct ti_mul_s16_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t multiplier;
    int32_t shift;
    int32_t min; /* fused activation, -32768..32767 */
    int32_t max;
};

/* Of floats: a * b, clamped. */
struct ti_mul_f32_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    float min; /* fused activation */
    float max;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_mul_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_mul_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_mul_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_mul_s8;
extern const struct ti_kernel ti_mul_s16;
extern const struct ti_kernel ti_mul_f32;

#endif
