/* SPDX-License-Identifier: MIT */
#include "ti_real.h"

#include <stdint.h>
#include <string.h>

static const double LN2 = 0.69314718055994530942;

static double from_bits(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* x = k ln 2 + r with |r| at most ln 2 / 2; e^r by its series, whose 15th term is below 2^-62. */
double ti_exp(double x)
{
    if (x != x)
    {
        return x;
    }
    x = x < -700 ? -700 : x > 700 ? 700 : x;

    const double scaled = x / LN2;
    const int32_t k = (int32_t)(scaled + (scaled < 0 ? -0.5 : 0.5));
    const double r = x - k * LN2;
    double sum = 1;

    for (int32_t n = 14; n > 0; n--)
    {
        sum = 1 + sum * r / n;
    }
    return sum * from_bits((uint64_t)(k + 1023) << 52);
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
    return (float)(2 * s * sum + e * LN2);
}
