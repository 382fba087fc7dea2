/* SPDX-License-Identifier: MIT */
#include "ti_real.h"

#include <stdint.h>
#include <string.h>

#include "ti_real_quick.h"

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

/* e^(x / 2^52) = 2^k times what is returned, in units of 2^-62, 0.7 to 1.5 of them; |x| below 2^62. */
static int64_t exp_of(int64_t x, int32_t *k)
{
    static const uint64_t LN2_64 = UINT64_C(0xB17217F7D1CF79AC);
    static const int64_t PER_LN2_30 = 0x5C551D95;
    static const int64_t series[] = {
        /* 2^62 / n! */
        0x4000000000000000, 0x4000000000000000, 0x2000000000000000, 0xAAAAAAAAAAAAAAB,
        0x2AAAAAAAAAAAAAB,  0x88888888888889,   0x16C16C16C16C17,
    };
    static const int32_t small[] = {872628276, 109078535, 12119837, 1211984, 110180, 9182, 706}; /* 2^42 / (n + 7)! */

    *k = (int32_t)(((x >> 32) * PER_LN2_30 + (INT64_C(1) << 49)) >> 50);
    const int64_t r = (int64_t)(((uint64_t)x << 12) - (uint64_t)(int64_t)*k * LN2_64);
    const int64_t r_high = r >> 32;
    int32_t rest = small[6];

    for (int32_t n = 5; n >= 0; n--)
    {
        rest = small[n] + (int32_t)(rest * r_high >> 32);
    }

    int64_t sum = (int64_t)rest << 20;
    for (int32_t n = 6; n >= 0; n--)
    {
        sum = series[n] + high_product(sum, r);
    }
    return sum;
}

/*
 * x = k ln 2 + r with |r| at most 0.35; e^r by its series, whose 14th term is below 2^-57. In integers, because a
 * double costs a core without a double-precision FPU some hundred cycles an operation: r in units of 2^-64, its
 * products with k ln 2 modulo 2^64, sums in units of 2^-62.
 */
double ti_exp(double x)
{
    int32_t k;

    if (x != x)
    {
        return x;
    }

    const int64_t sum = exp_of(to_fixed(x < -700 ? -700 : x > 700 ? 700 : x), &k);

    /* The leading one is bit 61 or 62, and adds one to the exponent before it. */
    const uint64_t low_bits = sum >> 62 != 0 ? 10 : 9;
    const uint64_t mantissa = ((uint64_t)sum + (UINT64_C(1) << (low_bits - 1))) >> low_bits;
    return from_bits((((uint64_t)(k + 1012) + low_bits) << 52) + mantissa);
}

float ti_expf(float x)
{
    float quick;

    if (ti_exp_quick(x, &quick))
    {
        return quick;
    }
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

/* (1 - t) / (1 + t) with t = e^(-2 |x|), in units of 2^-62. */
float ti_tanhf(float x)
{
    static const int64_t ONE = INT64_C(1) << 62;
    const float magnitude = x < 0 ? -x : x;
    float quick;
    int32_t k;

    if (ti_tanh_quick(x, &quick))
    {
        return quick;
    }
    if (x != x)
    {
        return x;
    }
    if (magnitude < 0.000244140625F) /* 2^-12: the next term of the series is below 2^-50 of the sum */
    {
        return (float)(x * (1 - (double)x * x / 3));
    }

    const int64_t power = exp_of(-to_fixed(magnitude > 20 ? 40 : 2 * (double)magnitude), &k);
    const int64_t t = power >> -k;

    /* 1 / (1 + t), 23 bits of it at first; then twice as many. */
    const int64_t sum = ONE + t;
    int64_t inverse = (int64_t)(0x1p62F / ((float)sum * 0x1p-62F));
    const int64_t missing = (ONE >> 2) - high_product(sum, inverse);
    inverse += high_product(inverse, missing * 8) * 2;

    const float result = (float)high_product(ONE - t, inverse) * 0x1p-60F;
    return x < 0 ? -result : result;
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
