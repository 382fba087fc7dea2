/* SPDX-License-Identifier: MIT */
#ifndef TI_FULLY_CONNECTED_H
#define TI_FULLY_CONNECTED_H

#include "../common/ti_requantize.h"

/*
 * output[b, o] = requantize(bias[o] + sum over i of (input[b, i] - input_zero_point) * (weights[o, i] -
 * weights_zero_point))
 *
 * inputs[0] input      s8  [batch, in_size]
 * inputs[1] weights    s8  [out_size, in_size]
 * inputs[2] bias       s32 [out_size]
 * inputs[3] multiplier s32 [out_size], constant
 * inputs[4] shift      s32 [out_size], constant
 * outputs[0]           s8  [batch, out_size]
 *
 * With constant weights the compiler folds the input's zero point into the bias and sets input_zero_point to 0.
 * Not in place: every output needs the whole input row.
 */
struct ti_fully_connected_s8_params
{
    int32_t batch;
    int32_t in_size;
    int32_t out_size;
    int32_t input_zero_point;   /* -128..127, or 0 when folded   */
    int32_t weights_zero_point; /* -128..127, nearly always 0    */
    int32_t zero_point;         /* of the output                 */
    int32_t min;                /* fused activation, -128..127   */
    int32_t max;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_fully_connected_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_fully_connected_s8;

#endif
