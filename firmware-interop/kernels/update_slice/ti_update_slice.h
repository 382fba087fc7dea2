/* SPDX-License-Identifier: MIT */
#ifndef TI_UPDATE_SLICE_H
#define TI_UPDATE_SLICE_H

#include "../common/ti_part.h"

/*
 * output = input with `update` stored as its part from `start` on (ti_part.h).
 *
 * inputs[0]  any type, row-major
 * inputs[1]  update, the same type
 * inputs[2]  start
 * outputs[0] as the input
 *
 * In place: output may be input 0.
 */
struct ti_update_slice_params
{
    int32_t bytes; /* of the input */
    struct ti_part part;
};

extern const struct ti_kernel ti_update_slice;

#endif
