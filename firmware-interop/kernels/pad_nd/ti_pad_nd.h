/* SPDX-License-Identifier: MIT */
#ifndef TI_PAD_ND_H
#define TI_PAD_ND_H

#include "../common/ti_nd.h"

/*
 * The input in the middle of a larger output whose border is filled with one value:
 *
 *   output[i] = input[i - before]   where 0 <= i - before < dims in every dimension
 *             = value               elsewhere
 *
 * The compiler merges dimensions that have no border of their own into the one outside them.
 *
 * inputs[0]  any type, [dims]
 * outputs[0] the same type, [before + dims + after]
 *
 * Not in place.
 */
struct ti_pad_nd_params
{
    int32_t dims[6];   /* of the input, in elements, at least 1 */
    int32_t before[6]; /* at least 0                          */
    int32_t after[6];
    int32_t element;  /* bytes of one element: 1, 2, 4 or 8 */
    int32_t value[2]; /* its bytes, repeated where it has fewer than 8 */
};

/* Portable. */
void ti_pad_nd_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_pad_nd;

#endif
