/* SPDX-License-Identifier: MIT */
#ifndef TI_RESIZE_BILINEAR_H
#define TI_RESIZE_BILINEAR_H

#include "../common/ti_check.h"

/*
 * Each output position is a mean of up to four of the input, with weights in 1/1024 that the compiler has computed:
 *
 *   sum = (input[y0, x0] * (1024 - wx) + input[y0, x1] * wx) * (1024 - wy)
 *       + (input[y1, x0] * (1024 - wx) + input[y1, x1] * wx) * wy
 *   output = sum / 2^20, ties away from zero
 *
 * inputs[0]  s8 [batch, in_height, in_width, depth]
 * inputs[1]  s32 [out_height, 3], constant: y0, y1, wy for each row
 * inputs[2]  s32 [out_width, 3], constant: x0, x1, wx for each column
 * outputs[0] s8 [batch, out_height, out_width, depth]
 *
 * A weight may be below 0 where both positions are the same; it is in -1024..1024, so that the sum fits int32.
 * Not in place.
 */
struct ti_resize_bilinear_s8_params
{
    int32_t batch;
    int32_t in_height;
    int32_t in_width;
    int32_t out_height;
    int32_t out_width;
    int32_t depth;
};

/*
 * The same of float32, in which weights are floats: tables of { y0, y1, wy as float }, and
 *
 *   output = input[y0, x0] (1 - wy) (1 - wx) + input[y1, x0] wy (1 - wx) + input[y0, x1] (1 - wy) wx + input[y1, x1] wy
 * wx
 */
struct ti_resize_bilinear_f32_params
{
    int32_t batch;
    int32_t in_height;
    int32_t in_width;
    int32_t out_height;
    int32_t out_width;
    int32_t depth;
};

/* Portable. */
void ti_resize_bilinear_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_resize_bilinear_f32;
extern const struct ti_kernel ti_resize_bilinear_s8;

#endif
