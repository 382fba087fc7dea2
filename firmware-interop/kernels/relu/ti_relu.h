/* SPDX-License-Identifier: MIT */
#ifndef TI_RELU_H
#define TI_RELU_H

#include "../common/ti_float.h"

/*
 * output[i] = input[i], cut to [min, max]: RELU, RELU6 and RELU_N1_TO_1 of floats. (Of int8 they are tables:
 * kernels/lut.)
 *
 * inputs[0]  f32 [count]
 * outputs[0] f32 [count]
 *
 * In place: output may be input.
 */
struct ti_relu_f32_params
{
    int32_t count;
    float min;
    float max;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_relu_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

/* output[i] = clamp(input[i], min, max) of int16, as they are stored. In place like the other. */
struct ti_clamp_s16_params
{
    int32_t count;
    int32_t min;
    int32_t max;
};

extern const struct ti_kernel ti_clamp_s16;
extern const struct ti_kernel ti_relu_f32;

#endif
