/* SPDX-License-Identifier: MIT */
#ifndef TI_SLICE_H
#define TI_SLICE_H

#include "../common/ti_part.h"

/*
 * output = the part of the input from begin on (ti_part.h).
 *
 * inputs[0]  any type, row-major
 * inputs[1]  begin
 * outputs[0] the part, of the same type, row-major
 *
 * Not in place.
 */
struct ti_slice_params
{
    struct ti_part part;
};

extern const struct ti_kernel ti_slice;

#endif
