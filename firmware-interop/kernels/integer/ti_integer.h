/* SPDX-License-Identifier: MIT */
#ifndef TI_INTEGER_H
#define TI_INTEGER_H

#include "../common/ti_broadcast.h"

enum ti_integer_operation
{
    TI_INTEGER_ADD = 0,
    TI_INTEGER_SUB = 1,
    TI_INTEGER_MUL = 2,
    TI_INTEGER_DIV = 3, /* the fraction is dropped; by 0 it is 0 */
    TI_INTEGER_MIN = 4,
    TI_INTEGER_MAX = 5,
    TI_INTEGER_FLOOR_DIV = 6, /* rounded down; by 0 it is 0 */
    TI_INTEGER_FLOOR_MOD = 7, /* what that leaves, with the sign of b; by 0 it is 0 */
    TI_INTEGER_SQUARED_DIFFERENCE = 8
};

/*
 * output[i] = clamp(a[i] operation b[i], min, max) on int32 that are not quantized. Results wrap, as they do in
 * registers.
 *
 * inputs[0] a  s32, walked as common/ti_broadcast.h says
 * inputs[1] b  s32
 * outputs[0]   s32 [product of dims]
 *
 * In place: output may be an input that has the output's shape.
 */
struct ti_integer_s32_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t operation; /* enum ti_integer_operation */
    int32_t min;
    int32_t max;
};

extern const struct ti_kernel ti_integer_s32;

#endif
