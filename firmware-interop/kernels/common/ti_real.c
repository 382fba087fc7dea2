/* SPDX-License-Identifier: MIT */
#include "ti_real.h"

#include <stdint.h>
#include <string.h>

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* floor(a b / 2^64), at most two below it. */
static int64_t high_product(int64_t a, int64_t b)
{
    const int32_t a_high = (int32_t)(a >> 32);
    const int32_t b_high = (int32_t)(b >> 32);
    const int64_t a_low = (uint32_t)a;
    const int64_t b_low = (uint32_t)b;

    return (int64_t)a_high * b_high + (a_high * b_low >> 32) + (b_high * a_low >> 32);
}

/* x * 2^52, cut off; |x| below 2^11. */
static int64_t to_fixed(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);

    const int32_t exponent = (int32_t)(bits >> 52 & 0x7FF) - 1023;
    const uint64_t mantissa = (bits & ((UINT64_C(1) << 52) - 1)) | UINT64_C(1) << 52;
    const uint64_t magnitude = exponent >= 0 ? mantissa << exponent : exponent > -53 ? mantissa >> -exponent : 0;
    return bits >> 63 != 0 ? -(int64_t)magnitude : (int64_t)magnitude;
}

/*
 * x = k ln 2 + r with |r| at most 0.35; e^r by its series, whose 14th term is below 2^-57. In integers, because a
 * double costs a core without a double-precision FPU some hundred cycles an operation: r in units of 2^-64, its
 * products with k ln 2 modulo 2^64, sums in units of 2^-62.
 */
double ti_exp(double x)
{
    static const uint64_t LN2_64 = UINT64_C(0xB17217F7D1CF79AC);
    static const int64_t PER_LN2_30 = 0x5C551D95;
    static const int64_t series[] = {
        /* 2^62 / n! */
        0x4000000000000000, 0x4000000000000000, 0x2000000000000000, 0xAAAAAAAAAAAAAAB, 0x2AAAAAAAAAAAAAB,
        0x88888888888889,   0x16C16C16C16C17,   0x3403403403403,    0x680680680680,    0xB8EF1D2AB64,
        0x127E4FB778A,      0x1AE64567F5,       0x23DDB1DFF,        0x2C248C27,
    };

    if (x != x)
    {
        return x;
    }

    const int64_t fixed = to_fixed(x < -700 ? -700 : x > 700 ? 700 : x);
    const int32_t k = (int32_t)(((fixed >> 32) * PER_LN2_30 + (INT64_C(1) << 49)) >> 50);
    const int64_t r = (int64_t)(((uint64_t)fixed << 12) - (uint64_t)(int64_t)k * LN2_64);
    int64_t sum = series[13];

    for (int32_t n = 12; n >= 0; n--)
    {
        sum = series[n] + high_product(sum, r);
    }

    /* Between 2^61.4 and 2^62.6: the leading one is bit 61 or 62, and adds one to the exponent before it. */
    const uint64_t low_bits = sum >> 62 != 0 ? 10 : 9;
    const uint64_t mantissa = ((uint64_t)sum + (UINT64_C(1) << (low_bits - 1))) >> low_bits;
    return from_bits((((uint64_t)(k + 1012) + low_bits) << 52) + mantissa);
}

float ti_expf(float x)
{
    if (x != x)
    {
        return x;
    }
    if (x < -150.0F || x > 150.0F)
    {
        return x < 0 ? 0.0F : (float)from_bits(UINT64_C(0x7FF) << 52);
    }
    return (float)ti_exp(x);
}

float ti_expm1f(float x)
{
    const double r = x;

    if (x < -150.0F || x > 150.0F || x != x)
    {
        return ti_expf(x) - 1;
    }
    /* Below 2^-7 by its series, whose next term is below 2^-45 of the sum. */
    return r > -0.0078125 && r < 0.0078125 ? (float)(r * (1 + r / 2 * (1 + r / 3 * (1 + r / 4 * (1 + r / 5)))))
                                           : (float)(ti_exp(r) - 1);
}

float ti_tanhf(float x)
{
    const double magnitude = x < 0 ? -(double)x : (double)x;

    if (x != x)
    {
        return x;
    }
    if (magnitude < 0.000244140625) /* 2^-12: the next term of the series is below 2^-50 of the sum */
    {
        return (float)(x * (1 - (double)x * x / 3));
    }

    const double exp = ti_exp(magnitude > 20 ? 40 : 2 * magnitude);
    const double result = (exp - 1) / (exp + 1);
    return (float)(x < 0 ? -result : result);
}

float ti_logf(float x)
{
    const double infinity = from_bits(UINT64_C(0x7FF) << 52);

    if (!(x > 0) || (double)x == infinity)
    {
        return x > 0 ? x : x == 0 ? (float)-infinity : (float)(infinity - infinity);
    }

    /* x = m 2^e with m from sqrt(1/2) to sqrt(2); ln m = 2 artanh(s), s = (m - 1) / (m + 1), |s| below 0.172. */
    uint64_t bits;
    const double value = x;
    memcpy(&bits, &value, sizeof bits);
    int32_t e = (int32_t)(bits >> 52) - 1023;
    double m = from_bits((bits & ((UINT64_C(1) << 52) - 1)) | (UINT64_C(1023) << 52));
    if (m > 1.4142135623730951)
    {
        m /= 2;
        e++;
    }

    const double s = (m - 1) / (m + 1);
    double sum = 0;
    for (int32_t n = 23; n > 0; n -= 2)
    {
        sum = sum * s * s + 1.0 / n;
    }
    return (float)(2 * s * sum + e * 0.69314718055994530942);
}
