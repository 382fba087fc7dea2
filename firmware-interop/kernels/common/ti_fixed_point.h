/* SPDX-License-Identifier: MIT */
#ifndef TI_FIXED_POINT_H
#define TI_FIXED_POINT_H

#include "ti_requantize.h"

/* gemmlowp's arithmetic on fractions: Qm.n has n bits below the point. Products of two are ti_high_mul. */

/* x * 2^exponent, saturating; exponent in [0, 31]. */
static inline int32_t ti_scale_up(int32_t x, int32_t exponent)
{
    const int32_t limit = INT32_MAX >> exponent;
    return x > limit ? INT32_MAX : x < -limit ? INT32_MIN : (int32_t)((uint32_t)x << exponent);
}

/*
 * 1 / (1 + x) for x in [0, 1), both Q0.31: Newton's iteration for 1 / d with d = (1 + x) / 2. The estimate
 * 48/17 - 32/17 d and the iterates are Q2.29.
 */
static inline int32_t ti_one_over_one_plus(int32_t x)
{
    const int32_t half_denominator = (int32_t)(((int64_t)x + INT32_MAX + 1) / 2);
    const int32_t one = INT32_C(1) << 29;
    int32_t estimate = 1515870810 + ti_high_mul(-1010580540, half_denominator);

    for (int32_t i = 0; i < 3; i++)
    {
        const int32_t error = one - ti_high_mul(estimate, half_denominator);
        estimate += ti_scale_up(ti_high_mul(error, estimate), 2);
    }
    return ti_scale_up(estimate, 1);
}

#endif
