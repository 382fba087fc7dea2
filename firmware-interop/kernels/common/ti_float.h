/* SPDX-License-Identifier: MIT */
#ifndef TI_FLOAT_H
#define TI_FLOAT_H

#include "ti_check.h"
#include "ti_real.h"

/*
 * Arithmetic of the float kernels. They follow TFLite Micro's reference kernels operation by operation, each result
 * rounded to float; so a product is never contracted with a sum, which would keep bits that the reference drops. (The
 * pragmas say so to compilers that are not run with -ffp-contract=off. They hold for what follows this header.)
 */
#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#elif defined(__GNUC__)
#pragma GCC optimize("fp-contract=off")
#endif

/* TFLite's ActivationFunctionWithMinMax: NaN and -0 stay. */
static inline float ti_clamp_f32(float value, float min, float max)
{
    value = value < min ? min : value;
    return max < value ? max : value;
}

#endif
