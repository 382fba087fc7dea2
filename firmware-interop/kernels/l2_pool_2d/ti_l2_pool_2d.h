/* SPDX-License-Identifier: MIT */
#ifndef TI_L2_POOL_2D_H
#define TI_L2_POOL_2D_H

#include "../common/ti_pool.h"

/*
 * output = clamp(sqrt(sum of squares under the window / their number), min, max), in float and in the order of the
 * window.
 *
 * inputs[0]  f32 [batch, rows.in, columns.in, depth]
 * outputs[0] f32 [batch, rows.out, columns.out, depth]
 *
 * Not in place.
 */
struct ti_l2_pool_2d_f32_params
{
    struct ti_pool_shape shape;
    float min;
    float max;
};

extern const struct ti_kernel ti_l2_pool_2d_f32;

#endif
