/* SPDX-License-Identifier: MIT */
#ifndef TI_FILTER_F32_H
#define TI_FILTER_F32_H

#include "ti_filter.h"
#include "ti_float.h"

/*
 * Filters of float elements: output[.., o] = clamp((sum over the patch, in order, of input * weights) + bias[o]).
 *
 * inputs[0] input   f32 [batch, rows.in, columns.in, in_depth]
 * inputs[1] weights f32 [out_depth, rows.filter, columns.filter, filter_depth]
 * inputs[2] bias    f32 [out_depth]
 * outputs[0]        f32 [batch, rows.out, columns.out, out_depth]
 */
struct ti_filter_range
{
    float min; /* fused activation */
    float max;
};

/* All output channels of one pixel. */
void ti_filter_pixel_f32(const struct ti_filter_shape *shape, const struct ti_filter_range *to,
                         const struct ti_filter_view *view, const void *const *inputs, const float *image,
                         float *output);

bool ti_filter_valid_f32(const struct ti_step_view *step, const struct ti_filter_shape *shape);

#endif
