/* SPDX-License-Identifier: MIT */
#ifndef TI_POOL_H
#define TI_POOL_H

#include "ti_window.h"

/* How the pools of int16 and float elements walk their windows; dilation 1, never without a tap. */
struct ti_pool_shape
{
    int32_t batch;
    struct ti_window rows;
    struct ti_window columns;
    int32_t depth;
};

/* The taps of one output pixel that lie inside the input; strides count elements. */
struct ti_pool_view
{
    int32_t rows;
    int32_t columns;
    int32_t row;   /* from one row to the next */
    int32_t depth; /* from one column to the next */
};

/* Computes all channels of one pixel. */
typedef void (*ti_pool_fn)(const void *params, const struct ti_pool_view *view, const void *input, void *output);

/* Calls `pixel` for every pixel; elements have `element` bytes. */
void ti_pool_run(const struct ti_pool_shape *shape, int32_t element, ti_pool_fn pixel, const void *params,
                 const void *input, void *output);

bool ti_pool_valid(const struct ti_step_view *step, const struct ti_pool_shape *shape, int32_t element);

#endif
