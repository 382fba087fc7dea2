/* SPDX-License-Identifier: MIT */
#ifndef TI_FILTER_H
#define TI_FILTER_H

#include "ti_dot.h"
#include "ti_window.h"

/*
 * What CONV_2D, DEPTHWISE_CONV_2D, FULLY_CONNECTED and TRANSPOSE_CONV share where elements are int16 or float: one
 * output is a sum over a patch of the input, and these ops differ only in which patch. Depthwise weights are stored by
 * the compiler as those of a convolution with one channel a group; a fully connected layer is a convolution of one
 * pixel.
 *
 * weights  [out_depth, rows.filter, columns.filter, filter_depth]
 * group(o) = o / (out_depth / groups) with groups = in_depth / filter_depth: the channels that output o reads
 */
struct ti_filter_shape
{
    int32_t batch;
    struct ti_window rows;
    struct ti_window columns;
    int32_t in_depth;     /* a multiple of filter_depth     */
    int32_t filter_depth; /* channels that one output reads */
    int32_t out_depth;    /* a multiple of the groups       */
};

/* What one output pixel reads, and where it starts: in an image of the input and in the weights of a channel. Strides
 * count elements. */
struct ti_filter_view
{
    struct ti_patch patch;
    int32_t input_step; /* from one element of a run to the next; in the weights they are neighbours */
    int32_t input;
    int32_t weights;
};

/* The view of output pixel (y, x). */
typedef struct ti_filter_view (*ti_filter_view_fn)(const struct ti_filter_shape *shape, int32_t y, int32_t x);

/* Tap k of position o reads o * stride - pad + k * dilation. */
struct ti_filter_view ti_filter_convolution(const struct ti_filter_shape *shape, int32_t y, int32_t x);

/* Tap k of position o reads the input position i with i * stride - pad + k = o, where there is one. Dilation is 1. */
struct ti_filter_view ti_filter_transposed(const struct ti_filter_shape *shape, int32_t y, int32_t x);

/* Computes all output channels of one pixel: `image` is an image of the input, `output` the pixel. */
typedef void (*ti_filter_pixel_fn)(const void *params, const struct ti_filter_view *view, const void *const *inputs,
                                   const void *image, void *output);

/* Calls `pixel` for every pixel; elements have `element` bytes. */
void ti_filter_run(const struct ti_filter_shape *shape, int32_t element, ti_filter_view_fn view,
                   ti_filter_pixel_fn pixel, const void *params, const void *const *inputs, void *output);

/* Inputs 0 (elements of `element` bytes) and 1 (weights of `weight` bytes) and output 0 hold what the shape says. */
bool ti_filter_valid(const struct ti_step_view *step, const struct ti_filter_shape *shape, int32_t element,
                     int32_t weight);

/* Elements of one channel's weights. */
static inline int32_t ti_filter_size(const struct ti_filter_shape *shape)
{
    return shape->rows.filter * shape->columns.filter * shape->filter_depth;
}

/* First input channel that output channel `o` reads. */
static inline int32_t ti_filter_channel(const struct ti_filter_shape *shape, int32_t o)
{
    return o / (shape->out_depth / (shape->in_depth / shape->filter_depth)) * shape->filter_depth;
}

#endif
