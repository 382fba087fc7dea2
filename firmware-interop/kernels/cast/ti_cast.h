/* SPDX-License-Identifier: MIT */
#ifndef TI_CAST_H
#define TI_CAST_H

#include "../common/ti_check.h"

/*
 * output[i] = input[i] in another type, as a C conversion does it:
 * - integer to integer keeps the low bits; integer to float rounds to nearest
 * - float to integer drops the fraction; what does not fit is cut to int32 first (int64 for int64), NaN is 0
 * - anything to bool is 1 unless it is 0
 * Stored values are converted; scales and zero points play no part.
 *
 * inputs[0]  type `from` [count]
 * outputs[0] type `to`   [count]
 *
 * In place where `to` is no larger than `from`: each element is read before anything at or after it is written.
 */
struct ti_cast_params
{
    int32_t count;
    int32_t from; /* enum ti_type */
    int32_t to;
};

/* Portable. */
void ti_cast_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch);

extern const struct ti_kernel ti_cast;

#endif
