/* SPDX-License-Identifier: MIT */
#ifndef TI_AVERAGE_POOL_2D_H
#define TI_AVERAGE_POOL_2D_H

#include "../common/ti_float.h"
#include "../common/ti_pool.h"
#include "../common/ti_requantize_s16.h"

/*
 * output[b, y, x, c] = clamp(sum / count, ties away from zero), over the taps that lie inside the input; `count` is
 * their number.
 *
 * inputs[0]  s8 [batch, rows.in, columns.in, depth]
 * outputs[0] s8 [batch, rows.out, columns.out, depth], the same scale and zero point
 *
 * Not in place: windows may overlap.
 */
struct ti_average_pool_2d_s8_params
{
    int32_t batch;
    struct ti_window rows; /* dilation 1, never without a tap */
    struct ti_window columns;
    int32_t depth;
    int32_t min; /* fused activation, -128..127 */
    int32_t max;
};

/* The same of int16. */
struct ti_average_pool_2d_s16_params
{
    struct ti_pool_shape shape;
    int32_t min; /* fused activation, -32768..32767 */
    int32_t max;
};

/* The same of uint8, all of which are counted from 0: halves go up. */
struct ti_average_pool_2d_u8_params
{
    struct ti_pool_shape shape;
    int32_t min; /* fused activation, 0..255 */
    int32_t max;
};

/* The same of floats; the sum runs along rows. */
struct ti_average_pool_2d_f32_params
{
    struct ti_pool_shape shape;
    float min; /* fused activation */
    float max;
};

/* Portable. The truth that every other variant matches bit for bit. */
void ti_average_pool_2d_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_average_pool_2d_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_average_pool_2d_u8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);
void ti_average_pool_2d_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_average_pool_2d_s8;
extern const struct ti_kernel ti_average_pool_2d_s16;
extern const struct ti_kernel ti_average_pool_2d_u8;
extern const struct ti_kernel ti_average_pool_2d_f32;

#endif
