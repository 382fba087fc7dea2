/* SPDX-License-Identifier: MIT */
#ifndef TI_UNARY_H
#define TI_UNARY_H

#include "../common/ti_float.h"

enum ti_unary_operation
{
    TI_UNARY_ABS = 0,
    TI_UNARY_NEG = 1,
    TI_UNARY_EXP = 2,
    TI_UNARY_LOG = 3,
    TI_UNARY_SQRT = 4,
    TI_UNARY_RSQRT = 5, /* 1 / sqrt(x) */
    TI_UNARY_SQUARE = 6,
    TI_UNARY_SIN = 7,
    TI_UNARY_COS = 8,
    TI_UNARY_CEIL = 9,
    TI_UNARY_FLOOR = 10,
    TI_UNARY_ROUND = 11, /* ties to even */
    TI_UNARY_ELU = 12,   /* e^x - 1 below 0 */
    TI_UNARY_HARD_SWISH = 13
};

/*
 * output[i] = operation(input[i]) of float32, as TFLite Micro's reference kernels compute it; common/ti_real.h says how
 * precise functions are.
 *
 * inputs[0]  f32 [count]
 * outputs[0] f32 [count]
 *
 * In place: output may be input.
 */
struct ti_unary_f32_params
{
    int32_t count;
    int32_t operation; /* enum ti_unary_operation */
};

extern const struct ti_kernel ti_unary_f32;

#endif
