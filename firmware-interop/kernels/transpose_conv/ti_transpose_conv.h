/* SPDX-License-Identifier: MIT */
#ifndef TI_TRANSPOSE_CONV_H
#define TI_TRANSPOSE_CONV_H

#include "../common/ti_filter_f32.h"
#include "../common/ti_filter_s16.h"

/*
 * The transpose of a convolution: input pixel (iy, ix) adds input * weights to every output pixel
 * (iy * stride - pad + ky, ix * stride - pad + kx) that exists. Each output gathers what reaches it:
 *
 * output[b, y, x, o] = requantize(bias[o] + sum over the ky, kx that reach an input pixel, and i, of
 *     (input[b, (y + pad - ky) / stride, ..kx.., i] - input_zero_point) * weights[o, ky, kx, i])
 *
 * inputs[0] input      s8  [batch, rows.in, columns.in, in_depth]
 * inputs[1] weights    s8  [out_depth, rows.filter, columns.filter, in_depth]
 * inputs[2] bias       s32 [out_depth]
 * inputs[3] multiplier s32 [out_depth], constant
 * inputs[4] shift      s32 [out_depth], constant
 * outputs[0]           s8  [batch, rows.out, columns.out, out_depth]
 *
 * The windows' dilation is 1, filter_depth is in_depth. Not in place: neighbouring outputs read the same inputs.
 */
struct ti_transpose_conv_s8_params
{
    struct ti_filter_shape shape;
    int32_t input_zero_point; /* -128..127                   */
    int32_t zero_point;       /* of the output               */
    int32_t min;              /* fused activation, -128..127 */
    int32_t max;
};

/* The same of int16 elements; common/ti_filter_s16.h has formula and operands. */
struct ti_transpose_conv_s16_params
{
    struct ti_filter_shape shape;
    struct ti_filter_output to;
};

/* The same of float elements; common/ti_filter_f32.h has formula and operands. */
struct ti_transpose_conv_f32_params
{
    struct ti_filter_shape shape;
    struct ti_filter_range to;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_transpose_conv_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_transpose_conv_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_transpose_conv_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_transpose_conv_s8;
extern const struct ti_kernel ti_transpose_conv_s16;
extern const struct ti_kernel ti_transpose_conv_f32;

#endif
