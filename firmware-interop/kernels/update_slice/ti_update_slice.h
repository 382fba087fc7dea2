/* SPDX-License-Identifier: MIT */
#ifndef TI_UPDATE_SLICE_H
#define TI_UPDATE_SLICE_H

#include "../common/ti_nd.h"

/*
 * output = input with `update` stored from `start` on, start cut so that it fits.
 *
 * inputs[0]  any type, row-major
 * inputs[1]  update, the same type [dims]
 * inputs[2]  start, s32 or s64 [6 - first]: of the dimensions from `first` on
 * outputs[0] as the input
 *
 * In place: output may be input 0.
 */
struct ti_update_slice_params
{
    int32_t bytes;      /* of the input */
    int32_t item;       /* bytes of an element */
    int32_t first;      /* leading dimensions that only pad */
    int32_t wide;       /* 1: start is s64 */
    int32_t dims[6];    /* of the update */
    int32_t room[6];    /* largest start */
    int32_t strides[6]; /* of the output in bytes */
};

extern const struct ti_kernel ti_update_slice;

#endif
