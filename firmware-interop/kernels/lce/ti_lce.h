/* SPDX-License-Identifier: MIT */
#ifndef TI_LCE_H
#define TI_LCE_H

#include "../common/ti_filter.h"
#include "../common/ti_float.h"
#include "../common/ti_pool.h"

/*
 * The binarized operators of Larq Compute Engine (github.com/larq/compute-engine; the contract is its reference kernel
 * with TfLiteRound, halves away from zero).
 *
 * A bit is a number: 0 is +1, 1 is -1. Bits of 32 channels are packed into an s32, the first channel lowest; a pixel
 * of c channels has ceil(c / 32) words, and the bits that it has too many are 0.
 */

/*
 * LceQuantize: a bit is set where the input is below its zero point (0 for floats; a bool counts as below when false).
 *
 * inputs[0]  s8, bool or f32 [rows, channels]
 * outputs[0] s32 [rows, ceil(channels / 32)]
 */
struct ti_lce_quantize_params
{
    int32_t rows;
    int32_t channels;
    int32_t type;       /* enum ti_type of the input */
    int32_t zero_point; /* of s8, -128..127          */
};

/*
 * LceDequantize: one of two elements for each bit; float and int8 elements are given as the bits of a word.
 *
 * inputs[0]  s32 [rows, ceil(channels / 32)]
 * outputs[0] s8, bool or f32 [rows, channels]
 */
struct ti_lce_dequantize_params
{
    int32_t rows;
    int32_t channels;
    int32_t type; /* enum ti_type of the output */
    int32_t zero; /* the element of bit 0       */
    int32_t one;  /* the element of bit 1       */
};

/*
 * LceBMaxPool2d: the largest of -1 and +1 under the window is the AND of the bits.
 *
 * inputs[0]  s32 [batch, rows.in, columns.in, depth], depth in words
 * outputs[0] s32 [batch, rows.out, columns.out, depth]
 */
struct ti_lce_bmax_pool_2d_params
{
    struct ti_pool_shape shape;
};

/*
 * LceBconv2d. Where n numbers of +-1 are multiplied and summed, the sum is n - 2 * count, count being the bits in which
 * the two differ; so
 *
 *     count[b, y, x, o] = sum over ky, kx, i of popcount(
 *         input[b, y * stride - pad + ky * dilation, ..kx.., group(o) * filter_depth + i] ^ weights[o, ky, kx, i])
 *
 * A tap outside the input reads +1, or it reads 0: its sum is 0, so it counts half the channels of a group whatever the
 * weights are.
 *
 * inputs[0] input   s32 [batch, rows.in, columns.in, in_depth], depths in words
 * inputs[1] weights s32 [out_depth, rows.filter, columns.filter, filter_depth], paired
 * scratch           rows.filter * columns.filter * filter_depth words
 *
 * Paired: of the words of a channel, the last one and every second before it are XORed with their predecessors (the
 * first one has none). An adder needs that form of its operands; so the compiler makes it of weights once, the kernel
 * of inputs once a pixel.
 */
struct ti_lce_bconv
{
    struct ti_filter_shape shape; /* in_depth and filter_depth in words, out_depth in channels */
    int32_t outside;              /* what a tap outside counts, 0..16 * filter_depth; -1: the bits of its weights */
};

/*
 * Bits: output = count > threshold.
 *
 * inputs[2] threshold s32 [out_depth]
 * outputs[0]          s32 [batch, rows.out, columns.out, ceil(out_depth / 32)]
 */
struct ti_lce_bconv_2d_b1_params
{
    struct ti_lce_bconv conv;
};

/*
 * Floats: output = clamp(2 * count, min, max) * multiplier + bias, the product rounded before the sum.
 *
 * inputs[2] multiplier f32 [out_depth]
 * inputs[3] bias       f32 [out_depth]
 * outputs[0]           f32 [batch, rows.out, columns.out, out_depth]
 */
struct ti_lce_bconv_2d_f32_params
{
    struct ti_lce_bconv conv;
    int32_t min; /* fused activation, in terms of 2 * count */
    int32_t max;
};

/* int8: that float rounded, halves away from zero, and cut to -128..127. */
struct ti_lce_bconv_2d_s8_params
{
    struct ti_lce_bconv conv;
    int32_t min;
    int32_t max;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_lce_bconv_2d_b1_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_lce_bconv_2d_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_lce_bconv_2d_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_lce_quantize;
extern const struct ti_kernel ti_lce_dequantize;
extern const struct ti_kernel ti_lce_bmax_pool_2d;
extern const struct ti_kernel ti_lce_bconv_2d_b1;
extern const struct ti_kernel ti_lce_bconv_2d_s8;
extern const struct ti_kernel ti_lce_bconv_2d_f32;

#endif
