/* SPDX-License-Identifier: MIT */
#ifndef TI_TAKE_ND_H
#define TI_TAKE_ND_H

#include "../common/ti_nd.h"

/*
 * For every index i below dims, with one table of byte offsets for each dimension:
 *
 *   output[i] = input[table 0 [i[0]] + table 1 [i[1]] + ... ..], `run` bytes
 *
 * Each dimension picks its positions by itself, in any order and any number of times: constant gathers, mirrored
 * borders, nearest-neighbour resizing.
 *
 * inputs[0]  any type
 * inputs[1]  s32, constant: the tables, one after the other
 * outputs[0] any type, row-major
 *
 * Not in place.
 */
struct ti_take_nd_params
{
    int32_t dims[6]; /* at least 1         */
    int32_t run;     /* bytes, at least 1 */
};

/* Portable. */
void ti_take_nd_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_take_nd;

#endif
