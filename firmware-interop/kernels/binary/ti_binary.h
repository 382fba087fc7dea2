/* SPDX-License-Identifier: MIT */
#ifndef TI_BINARY_H
#define TI_BINARY_H

#include "../common/ti_broadcast.h"
#include "../common/ti_float.h"

enum ti_binary_operation
{
    TI_BINARY_DIV = 0,
    TI_BINARY_MAX = 1,
    TI_BINARY_MIN = 2,
    TI_BINARY_PRELU = 3, /* a where it is not negative, else a * b */
    TI_BINARY_SQUARED_DIFFERENCE = 4,
    TI_BINARY_FLOOR_DIV = 5,
    TI_BINARY_FLOOR_MOD = 6 /* what is left of a, with the sign of b; NaN where b is 0 */
};

/*
 * output[i] = clamp(a[i] operation b[i], min, max) of float32, as TFLite Micro's reference kernels compute it.
 *
 * inputs[0] a  f32, walked as common/ti_broadcast.h says
 * inputs[1] b  f32
 * outputs[0]   f32 [product of dims]
 *
 * In place: output may be an input that has the output's shape.
 */
struct ti_binary_f32_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t operation; /* enum ti_binary_operation */
    float min;
    float max;
};

extern const struct ti_kernel ti_binary_f32;

#endif
