/* SPDX-License-Identifier: MIT */
#ifndef TI_GATHER_H
#define TI_GATHER_H

#include "../common/ti_nd.h"

/*
 * output[b, o, i, ..] = input[b, o, indices[b, i], ..]
 *
 * inputs[0]  any type [batch, outer, axis, item bytes]
 * inputs[1]  s32 [batch, count], 4-byte aligned; an index below 0 counts as 0, one above axis - 1 as axis - 1
 * outputs[0] any type [batch, outer, count, item bytes]
 *
 * For indices that are computed on the device; constant ones become a copy_nd or take_nd. Not in place.
 */
struct ti_gather_params
{
    int32_t batch;
    int32_t outer;
    int32_t axis;
    int32_t count;
    int32_t item; /* bytes */
};

/* Portable. */
void ti_gather_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_gather;

#endif
