/* SPDX-License-Identifier: MIT */
#ifndef TI_FILTER_S16_H
#define TI_FILTER_S16_H

#include "ti_filter.h"
#include "ti_requantize_s16.h"

/*
 * Filters of int16 elements with int8 weights; neither has a zero point.
 *
 * output[.., o] = clamp(rescale(bias[o] + sum over the patch of input * weights))
 *
 * inputs[0] input      s16 [batch, rows.in, columns.in, in_depth]
 * inputs[1] weights    s8  [out_depth, rows.filter, columns.filter, filter_depth]
 * inputs[2] bias       s32 [out_depth, 2]: the words of a 64-bit number, the lower one first
 * inputs[3] multiplier s32 [out_depth], constant
 * inputs[4] shift      s32 [out_depth], constant
 * outputs[0]           s16 [batch, rows.out, columns.out, out_depth]
 */
struct ti_filter_output
{
    int32_t
        wide; /* 1: the sum is 64 bits wide and rescaled as such; 0: it wraps at 32, as TFLite's with an int32 bias */
    int32_t min; /* fused activation, -32768..32767 */
    int32_t max;
};

/* All output channels of one pixel. */
void ti_filter_pixel_s16(const struct ti_filter_shape *shape, const struct ti_filter_output *to,
                         const struct ti_filter_view *view, const void *const *inputs, const int16_t *image,
                         int16_t *output);

bool ti_filter_valid_s16(const struct ti_step_view *step, const struct ti_filter_shape *shape,
                         const struct ti_filter_output *to);

#endif
