/* SPDX-License-Identifier: MIT */
#ifndef TI_INVERSE_SQRT_H
#define TI_INVERSE_SQRT_H

#include "ti_requantize.h"

/* 1 / sqrt(x) as multiplier * 2^(shift - 31), by five Newton steps in gemmlowp's fixed point; of 0 and 1 it is one. */
struct ti_inverse_sqrt
{
    int32_t multiplier;
    int32_t shift;
};

static inline int32_t ti_saturating_shift(int32_t x, int32_t bits)
{
    const int64_t shifted = (int64_t)x * (INT64_C(1) << bits);
    return shifted > INT32_MAX ? INT32_MAX : shifted < INT32_MIN ? INT32_MIN : (int32_t)shifted;
}

static inline struct ti_inverse_sqrt ti_inverse_sqrt(int32_t x)
{
    const int32_t one = INT32_C(1) << 28;
    const int32_t half_sqrt_two = 1518500250; /* Q0.31 */
    int32_t y = one;
    int32_t right = 11;

    if (x <= 1)
    {
        return (struct ti_inverse_sqrt){.multiplier = INT32_MAX, .shift = 0};
    }

    /* x is brought to [2^27, 2^29) by pairs of bits; halved, it is a Q3.28 in [1/4, 1). */
    for (; x >= INT32_C(1) << 29; x /= 4)
    {
        right++;
    }
    for (; x < INT32_C(1) << 27; x *= 4)
    {
        right--;
    }

    const int32_t half = ti_divide_by_pot(x >> 1, 1);
    for (int32_t i = 0; i < 5; i++)
    {
        const int32_t cube = ti_saturating_shift(ti_high_mul(ti_high_mul(y, y), y), 6);
        y = ti_saturating_shift(ti_high_mul(one + one / 2, y) - ti_high_mul(half, cube), 3);
    }
    y = ti_high_mul(y, half_sqrt_two);
    return right < 0 ? (struct ti_inverse_sqrt){.multiplier = (int32_t)((uint32_t)y << -right), .shift = 0}
                     : (struct ti_inverse_sqrt){.multiplier = y, .shift = -right};
}

#endif
