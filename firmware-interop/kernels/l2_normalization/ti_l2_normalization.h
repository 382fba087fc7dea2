/* SPDX-License-Identifier: MIT */
#ifndef TI_L2_NORMALIZATION_H
#define TI_L2_NORMALIZATION_H

#include "../common/ti_check.h"

/*
 * Rows of length one.
 *
 * f32: output = input / max(sqrt(sum of squares), 0.000001), every operation in float and in the order of the row
 * s8:  output = clamp((input - zero_point) * 128 / sqrt(sum of squares)), scale 1/128 and zero point 0, the inverse
 * root by common/ti_inverse_sqrt.h
 *
 * inputs[0]  [rows, depth]
 * outputs[0] [rows, depth]
 *
 * In place: a row is read to its end before it is written, then element by element.
 */
struct ti_l2_normalization_f32_params
{
    int32_t rows;
    int32_t depth;
};

struct ti_l2_normalization_s8_params
{
    int32_t rows;
    int32_t depth;
    int32_t zero_point; /* of the input */
};

extern const struct ti_kernel ti_l2_normalization_f32;
extern const struct ti_kernel ti_l2_normalization_s8;

#endif
