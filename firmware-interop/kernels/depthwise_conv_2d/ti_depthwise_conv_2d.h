/* SPDX-License-Identifier: MIT */
#ifndef TI_DEPTHWISE_CONV_2D_H
#define TI_DEPTHWISE_CONV_2D_H

#include "../common/ti_requantize.h"
#include "../common/ti_window.h"

/*
 * output[b, y, x, o] = requantize(bias[o] + sum over ky, kx of
 *     (input[b, y * stride - pad + ky * dilation, ..kx.., o / depth_multiplier] - input_zero_point) * weights[ky, kx,
 * o]) over the taps that lie inside the input. out_depth = in_depth * depth_multiplier.
 *
 * inputs[0] input      s8  [batch, rows.in, columns.in, in_depth]
 * inputs[1] weights    s8  [rows.filter, columns.filter, out_depth]
 * inputs[2] bias       s32 [out_depth]
 * inputs[3] multiplier s32 [out_depth], constant
 * inputs[4] shift      s32 [out_depth], constant
 * outputs[0]           s8  [batch, rows.out, columns.out, out_depth]
 *
 * Not in place: neighbouring outputs read the same inputs.
 */
struct ti_depthwise_conv_2d_s8_params
{
    int32_t batch;
    struct ti_window rows;
    struct ti_window columns;
    int32_t in_depth;
    int32_t depth_multiplier;
    int32_t input_zero_point; /* -128..127                       */
    int32_t zero_point;       /* of the output                   */
    int32_t min;              /* fused activation, -128..127     */
    int32_t max;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_depthwise_conv_2d_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_depthwise_conv_2d_s8;

#endif
