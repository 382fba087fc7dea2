/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "ti_real.h"

static const float INFINITE = (float)1e39;

static double power_of_two(int32_t exponent)
{
    const uint64_t bits = (uint64_t)(exponent + 1023) << 52;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* A positive, finite x as mantissa * 2^exponent with a mantissa in [2^23, 2^24). */
static uint32_t split(float x, int32_t *exponent)
{
    const double value = x;
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    *exponent = (int32_t)(bits >> 52) - 1023 - 23;
    return (uint32_t)((bits & ((UINT64_C(1) << 52) - 1)) >> 29) | UINT32_C(1) << 23;
}

float ti_sqrtf(float x)
{
    if (!(x > 0) || x == INFINITE)
    {
        return x < 0 ? INFINITE - INFINITE : x;
    }

    /* The root of mantissa * 2^28, exponent even, has 26 bits or more: two more than a float, and a sticky one. */
    int32_t exponent;
    uint64_t rest = (uint64_t)split(x, &exponent) << 28;
    if (exponent % 2 != 0)
    {
        rest *= 2;
        exponent--;
    }

    uint64_t root = 0;
    for (uint64_t bit = UINT64_C(1) << 52; bit != 0; bit >>= 2)
    {
        const bool fits = rest >= root + bit;
        rest -= fits ? root + bit : 0;
        root = (root >> 1) + (fits ? bit : 0);
    }
    return (float)((double)(root * 2 + (rest != 0 ? 1 : 0)) * power_of_two(exponent / 2 - 15));
}

/* 1 / (2 pi), 32 bits a word after the point; a word of zeros before it. */
static const uint32_t TURN[] = {0, 0x28BE60DB, 0x9391054A, 0x7F09D5F4, 0x7D4D3770, 0x36D8A566, 0x4F10E410, 0x7F9458EA};

static uint32_t turn_bits(int32_t from)
{
    const uint32_t word = (uint32_t)(from + 32) / 32;
    const uint32_t bit = (uint32_t)(from + 32) % 32;
    return bit == 0 ? TURN[word] : TURN[word] << bit | TURN[word + 1] >> (32 - bit);
}

/* x > 0 as an angle of -pi/4 to pi/4 and the quadrant before it: whole turns are dropped in integers, nothing is lost.
 */
static double reduced(float x, uint32_t *quadrant)
{
    *quadrant = 0;
    if (x < 0.78539816F)
    {
        return x;
    }

    int32_t exponent;
    const uint64_t mantissa = split(x, &exponent);
    const uint64_t low = mantissa * turn_bits(exponent + 64);
    const uint64_t middle = mantissa * turn_bits(exponent + 32) + (low >> 32);
    const uint64_t high = mantissa * turn_bits(exponent) + (middle >> 32);
    const uint64_t turn = high << 32 | (middle & UINT32_MAX);

    *quadrant = (uint32_t)((turn + (UINT64_C(1) << 61)) >> 62);
    return (double)(int64_t)(turn - ((uint64_t)*quadrant << 62)) * (6.2831853071795864769 * power_of_two(-64));
}

/* 1 - r^2 / (n (n - 1)) (1 - r^2 / ((n - 2) (n - 3)) ..., the series of cosine for an even n; times r, of sine. */
static double series(double r, int32_t n)
{
    double sum = 1;
    for (; n > 1; n -= 2)
    {
        sum = 1 - r * r / (n * (n - 1)) * sum;
    }
    return sum;
}

static float wave(float x, uint32_t quarter)
{
    uint32_t quadrant;
    const float magnitude = x < 0 ? -x : x;

    if (!(magnitude < INFINITE))
    {
        return x - x;
    }

    const double r = reduced(magnitude, &quadrant);
    quadrant += quarter;
    const double value = quadrant % 2 == 0 ? r * series(r, 17) : series(r, 16);
    return (float)((quadrant & 2U) != 0 ? -value : value);
}

float ti_sinf(float x)
{
    return x < 0 ? -wave(-x, 0) : x == 0 ? x : wave(x, 0);
}

float ti_cosf(float x)
{
    return wave(x, 1);
}

float ti_floorf(float x)
{
    if (!(x > -8388608.0F && x < 8388608.0F)) /* 2^23: whole numbers only */
    {
        return x;
    }

    const float whole = (float)(int32_t)x;
    return whole > x ? whole - 1 : whole == x ? x : whole;
}

float ti_fmodf(float a, float b)
{
    const double divisor = b < 0 ? -(double)b : b;
    double rest = a < 0 ? -(double)a : a;
    double step = divisor;

    if (!(rest < INFINITE) || b != b)
    {
        return INFINITE - INFINITE;
    }
    if (rest < divisor)
    {
        return a;
    }

    /* Differences of floats are exact in double. */
    while (step * 2 <= rest)
    {
        step *= 2;
    }
    for (; step >= divisor; step /= 2)
    {
        rest -= rest >= step ? step : 0;
    }
    return (float)(a < 0 ? -rest : rest);
}
