/* SPDX-License-Identifier: MIT */
#ifndef TI_LEAKY_RELU_H
#define TI_LEAKY_RELU_H

#include "../common/ti_float.h"
#include "../common/ti_requantize_s16.h"

/*
 * output[i] = zero_point + x * identity where x is not negative, else zero_point + x * slope, x = input[i] -
 * input_zero_point. RELU is this with a slope of 0. (Of int8 it is a table: kernels/lut.)
 *
 * inputs[0]  s16 [count]
 * outputs[0] s16 [count]
 *
 * In place: output may be input.
 */
struct ti_leaky_relu_s16_params
{
    int32_t count;
    int32_t input_zero_point; /* -32768..32767 */
    int32_t zero_point;       /* of the output */
    int32_t identity_multiplier;
    int32_t identity_shift;
    int32_t slope_multiplier;
    int32_t slope_shift;
    int32_t slope_sign; /* -1 or 1 */
};

/* Of floats: x where it is positive, else alpha * x. */
struct ti_leaky_relu_f32_params
{
    int32_t count;
    float alpha;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_leaky_relu_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_leaky_relu_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_leaky_relu_s16;
extern const struct ti_kernel ti_leaky_relu_f32;

#endif
