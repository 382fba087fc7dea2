/* SPDX-License-Identifier: MIT */
#include "ti_real_quick.h"

#include <stdint.h>
#include <string.h>

static float float_of(uint32_t bits)
{
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static int32_t high(int32_t a, int32_t b)
{
    return (int32_t)((int64_t)a * b >> 32);
}

/* x * 2^54, cut off; |x| below 2^7. */
static int64_t fixed_of(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);

    const int32_t shift = (int32_t)(bits >> 23 & 0xFF) - 127 + 31;
    const int64_t magnitude = shift < 0 ? 0 : (int64_t)((bits & 0x7FFFFF) | 0x800000) << shift;
    return bits >> 31 != 0 ? -magnitude : magnitude;
}

/*
 * e^x = 2^k times what is returned, in units of 2^-39, with an error below 32 of them; |x| below 2^7. x is n / 32 ln 2
 * + r with |r| below 2^-6.5, e^r its series to r^4, and 2^(j / 32) from a table.
 */
static int64_t exp_of(float x, int32_t *k)
{
    static const int64_t powers[] = {
        0x8000000000, 0x82CD8698AC, 0x85AAC367CC, 0x88980E8093, 0x8B95C1E3EB, 0x8EA4398B46, 0x91C3D373AB, 0x94F4EFA8FF,
        0x9837F0518E, 0x9B8D39B9D5, 0x9EF5326092, 0xA27043030C, 0xA5FED6A9B1, 0xA9A15AB4EA, 0xAD583EEA43, 0xB123F581D3,
        0xB504F333FA, 0xB8FBAF4763, 0xBD08A39F58, 0xC12C4CCA66, 0xC5672A1155, 0xC9B9BD866E, 0xCE248C1520, 0xD2A81D91F1,
        0xD744FCCAD7, 0xDBFBB797DB, 0xE0CCDEEC2B, 0xE5B906E77D, 0xEAC0C6E7DD, 0xEFE4B99BDD, 0xF5257D1525, 0xFA83B2DB72,
    };
    static const int64_t LN2_32_54 = 390207173010335;
    static const int64_t PER_LN2_32_25 = 1549082005;
    static const int32_t HALF_31 = 1 << 30;
    static const int32_t SIXTH_31 = 357913941;
    static const int32_t TWENTY_FOURTH_26 = 2796203;

    const int64_t fixed = fixed_of(x);
    const int32_t n = (int32_t)(((int64_t)(int32_t)(fixed >> 30) * PER_LN2_32_25 + (INT64_C(1) << 48)) >> 49);
    const int32_t r = (int32_t)((fixed - n * LN2_32_54) >> 17);

    /* Of units of 2^-37 and 2^-31 the high word has 2^-36. */
    const int32_t third = SIXTH_31 + high(r, TWENTY_FOURTH_26);
    const int32_t second = HALF_31 + (high(r, third) >> 5);
    const int32_t series = r + (high(r, high(r, second)) >> 4);
    const int64_t power = powers[n & 31];

    *k = n >> 5;
    return power + ((int64_t)series * (int32_t)(power >> 9) >> 28);
}

/* a without its lowest `drop` bits, which leaves 24, as the mantissa of a float; whether an error of `error` changes
 * nothing. */
static bool rounded(int64_t a, int32_t drop, int32_t exponent, int64_t error, float *result)
{
    const int64_t half = INT64_C(1) << (drop - 1);
    const int64_t away = (a & (half + half - 1)) - half;

    *result = float_of(((uint32_t)exponent << 23) + (uint32_t)((a + half) >> drop));
    return away > error || away < -error;
}

bool ti_exp_quick(float x, float *result)
{
    int32_t k;

    if (!(x > -86.0F && x < 86.0F))
    {
        return false;
    }

    const int64_t power = exp_of(x, &k);
    return power >> 39 != 0 ? rounded(power, 16, k + 126, 32, result) : rounded(power, 15, k + 125, 32, result);
}

/* (1 - t) / (1 + t) with t = e^(-2 |x|). */
bool ti_tanh_quick(float x, float *result)
{
    static const int64_t ONE = INT64_C(1) << 39;
    const float magnitude = x < 0 ? -x : x;
    int32_t k;

    if (!(magnitude >= 0.03125F))
    {
        return false;
    }
    if (magnitude > 9.5F) /* 1 - 2 t is above 1 - 2^-25 */
    {
        *result = x < 0 ? -1.0F : 1.0F;
        return true;
    }

    const int64_t power = exp_of(-2 * magnitude, &k);
    const int64_t t = power >> -k;

    /* A quotient of 23 bits, and what it leaves of the dividend divided again. */
    const int64_t dividend = ONE - t;
    const int64_t divisor = ONE + t;
    const float inverse = 0x1p31F / (float)(uint32_t)(divisor >> 8);
    const int32_t first = (int32_t)((float)(int32_t)(dividend >> 8) * inverse * 0x1p-8F);
    const int64_t left = (dividend << 23) - first * divisor;
    const int32_t second = (int32_t)((float)(int32_t)(left >> 12) * inverse * 0x1p-3F);
    const int64_t quotient = ((int64_t)first << 24) + second;

    /* In units of 2^-47, from 2^41 to 2^47. */
    int32_t drop = 18;
    while (quotient >> (drop + 24) != 0)
    {
        drop++;
    }

    const bool is_decided = rounded(quotient, drop, drop + 102, 1 << 14, result);
    *result = x < 0 ? -*result : *result;
    return is_decided;
}
