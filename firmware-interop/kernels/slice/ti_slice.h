/* SPDX-License-Identifier: MIT */
#ifndef TI_SLICE_H
#define TI_SLICE_H

#include "../common/ti_nd.h"

/*
 * For every index i below dims: output[i] = input[begin + i], begin cut so that it fits.
 *
 * inputs[0]  any type, row-major
 * inputs[1]  begin, s32 or s64 [6 - first]: of the dimensions from `first` on
 * outputs[0] the same type [dims], row-major
 *
 * Not in place.
 */
struct ti_slice_params
{
    int32_t item;       /* bytes of an element */
    int32_t first;      /* leading dimensions that only pad */
    int32_t wide;       /* 1: begin is s64 */
    int32_t dims[6];    /* of the output */
    int32_t room[6];    /* largest begin */
    int32_t strides[6]; /* of the input in bytes */
};

extern const struct ti_kernel ti_slice;

#endif
