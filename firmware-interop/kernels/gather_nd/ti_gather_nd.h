/* SPDX-License-Identifier: MIT */
#ifndef TI_GATHER_ND_H
#define TI_GATHER_ND_H

#include "../common/ti_nd.h"

/*
 * output[s] = input[indices[s, 0], indices[s, 1], ..], items of `item` bytes: what the indices leave of the input's
 * dimensions.
 *
 * inputs[0]  any type, dims[0] x dims[1] x .. items
 * inputs[1]  s32 [slices, TI_GATHER_ND at most]; an index below 0 counts as 0, one above dims - 1 as dims - 1
 * outputs[0] [slices] items
 *
 * Not in place.
 */
enum
{
    TI_GATHER_ND = 5
};

struct ti_gather_nd_params
{
    int32_t slices;
    int32_t count;                 /* indices of each slice */
    int32_t item;                  /* bytes */
    int32_t dims[TI_GATHER_ND];    /* the first `count`, the rest 1 */
    int32_t strides[TI_GATHER_ND]; /* items from one index to the next */
};

extern const struct ti_kernel ti_gather_nd;

#endif
