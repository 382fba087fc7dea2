/* SPDX-License-Identifier: MIT */
#ifndef TI_FLOAT_H
#define TI_FLOAT_H

#include "ti_check.h"
#include "ti_real.h"

/*
 * Arithmetic of the float kernels. They follow TFLite Micro's reference kernels operation by operation, each result
 * rounded to float; so they must be compiled with -ffp-contract=off, or products would keep bits that the reference
 * drops.
 */

/* TFLite's ActivationFunctionWithMinMax: NaN and -0 stay. */
static inline float ti_clamp_f32(float value, float min, float max)
{
    value = value < min ? min : value;
    return max < value ? max : value;
}

#endif
