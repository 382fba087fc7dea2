/* SPDX-License-Identifier: MIT */
#ifndef TI_CONV_2D_H
#define TI_CONV_2D_H

#include "../common/ti_filter_f32.h"
#include "../common/ti_filter_s16.h"

/*
 * output[b, y, x, o] = requantize(bias[o] + sum over ky, kx, i of
 *     (input[b, y * stride - pad + ky * dilation, ..kx.., group(o) * filter_depth + i] - input_zero_point) * weights[o,
 * ky, kx, i]) over the taps that lie inside the input. group(o) = o / (out_depth / groups) with groups = in_depth /
 * filter_depth.
 *
 * inputs[0] input      s8  [batch, rows.in, columns.in, in_depth]
 * inputs[1] weights    s8  [out_depth, rows.filter, columns.filter, filter_depth]
 * inputs[2] bias       s32 [out_depth]
 * inputs[3] multiplier s32 [out_depth], constant
 * inputs[4] shift      s32 [out_depth], constant
 * outputs[0]           s8  [batch, rows.out, columns.out, out_depth]
 *
 * Not in place: neighbouring outputs read the same inputs.
 */
struct ti_conv_2d_s8_params
{
    int32_t batch;
    struct ti_window rows;
    struct ti_window columns;
    int32_t in_depth;         /* a multiple of filter_depth      */
    int32_t filter_depth;     /* channels that one output reads  */
    int32_t out_depth;        /* a multiple of the groups        */
    int32_t input_zero_point; /* -128..127                       */
    int32_t zero_point;       /* of the output                   */
    int32_t min;              /* fused activation, -128..127     */
    int32_t max;
};

/* The same of int16 elements; common/ti_filter_s16.h has formula and operands. */
struct ti_conv_2d_s16_params
{
    struct ti_filter_shape shape;
    struct ti_filter_output to;
};

/*
 * The same with one scale and zero point for all weights, as models of uint8 have them, in any of the shapes of
 * common/ti_filter.h: the sum is over (input - input_zero_point) * (weights - weights_zero_point), and wraps.
 *
 * inputs[0] input   s8  [batch, rows.in, columns.in, in_depth]
 * inputs[1] weights s8  [out_depth, rows.filter, columns.filter, filter_depth]
 * inputs[2] bias    s32 [out_depth]
 * outputs[0]        s8  [batch, rows.out, columns.out, out_depth]
 */
struct ti_conv_2d_asymmetric_s8_params
{
    struct ti_filter_shape shape;
    int32_t input_zero_point;
    int32_t weights_zero_point;
    int32_t zero_point;
    int32_t multiplier;
    int32_t shift;
    int32_t min;
    int32_t max;
};

/* The same of float elements; common/ti_filter_f32.h has formula and operands. */
struct ti_conv_2d_f32_params
{
    struct ti_filter_shape shape;
    struct ti_filter_range to;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_conv_2d_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_conv_2d_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_conv_2d_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_conv_2d_s8;
extern const struct ti_kernel ti_conv_2d_s16;
extern const struct ti_kernel ti_conv_2d_f32;
extern const struct ti_kernel ti_conv_2d_asymmetric_s8;

#endif
