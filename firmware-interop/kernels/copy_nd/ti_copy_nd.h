/* SPDX-License-Identifier: MIT */
#ifndef TI_COPY_ND_H
#define TI_COPY_ND_H

#include "../common/ti_nd.h"

/*
 * For every index i below dims:
 *
 *   output[out_offset + i . out_stride ..] = input[in_offset + i . in_stride ..], `run` bytes
 *
 * A stride of 0 repeats the input, a negative one runs backwards. Reshape, concatenation, slices, transposition,
 * broadcasting and reversal are all this one copy; the compiler merges dimensions that step alike, so that `run` is as
 * long as it can be.
 *
 * inputs[0]  any type
 * outputs[0] any type, may be written in part: a concatenation is one step for each of its inputs
 *
 * In place only as a single run that moves down: all dims 1 and out_offset at most in_offset.
 */
struct ti_copy_nd_params
{
    int32_t dims[6];      /* at least 1                */
    int32_t in_stride[6]; /* bytes                */
    int32_t out_stride[6];
    int32_t in_offset; /* bytes */
    int32_t out_offset;
    int32_t run; /* bytes, at least 1 */
};

/* Portable. */
void ti_copy_nd_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_copy_nd;

#endif
