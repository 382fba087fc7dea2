/* SPDX-License-Identifier: MIT */
#ifndef TI_DIV_H
#define TI_DIV_H

#include "../common/ti_broadcast.h"
#include "../common/ti_requantize.h"

/*
 * output[i] = clamp(zero_point + (a[i] - a_zero_point) / (b[i] - b_zero_point) * scale), of int8
 *
 * The divisor's magnitude d is brought to [1, 2) by bits; the dividend, with as many bits as it has left, is multiplied
 * with the reciprocal of that, then with the scale, and shifted right once, ties away from zero. By 0 the quotient is
 * 0, where TFLite Micro stops.
 *
 * inputs[0] a           s8, walked as common/ti_broadcast.h says
 * inputs[1] b           s8
 * inputs[2] reciprocals s32 [256], constant: Q0.31 of 1 / (d / 2^floor(log2(d))) for d = 0..255
 * outputs[0]            s8 [product of dims]
 *
 * In place: output may be an input that has the output's shape.
 */
struct ti_div_s8_params
{
    int32_t dims[6];
    int32_t a_strides[6];
    int32_t b_strides[6];
    int32_t a_zero_point;
    int32_t b_zero_point;
    int32_t zero_point;
    int32_t multiplier;
    int32_t shift; /* 22 at most */
    int32_t min;
    int32_t max;
};

extern const struct ti_kernel ti_div_s8;

#endif
