/* SPDX-License-Identifier: MIT */
#ifndef TI_REQUANTIZE_H
#define TI_REQUANTIZE_H

#include "ti_check.h"

/*
 * How an int32 accumulator becomes a quantized output. The compiler (Ops/Requantization.cs) turns the real number
 * in_scale * weight_scale / out_scale  into  multiplier * 2^(shift - 31): multiplier in [2^30, 2^31) or 0,
 * shift in [-31, 30], left when positive, right when negative.
 */

/*
 * Rounding of the second step. TFLite Micro's double rounding is the contract; the other two exist only in host builds,
 * to compare with engines that round differently (ORACLE: TFLite 2.9 builtin kernels round half up, RUY single).
 */
#define TI_ROUNDING_DOUBLE 0
#define TI_ROUNDING_DOUBLE_HALF_UP 1
#define TI_ROUNDING_SINGLE 2
#ifndef TI_ROUNDING
#define TI_ROUNDING TI_ROUNDING_DOUBLE
#endif

/* acc + a * b, wrapping like the accumulators of TFLite Micro do on the device. */
static inline int32_t ti_mac(int32_t acc, int32_t a, int32_t b)
{
    return (int32_t)((uint32_t)acc + (uint32_t)a * (uint32_t)b);
}

/* gemmlowp's SaturatingRoundingDoublingHighMul for b >= 0: floor((a * b + 2^30) / 2^31). */
static inline int32_t ti_high_mul(int32_t a, int32_t b)
{
    return (int32_t)(((int64_t)a * b + (INT64_C(1) << 30)) >> 31);
}

/* gemmlowp's RoundingDivideByPOT: x / 2^exponent, ties away from zero; exponent in [0, 31]. */
static inline int32_t ti_divide_by_pot(int32_t x, int32_t exponent)
{
    const int32_t mask = (int32_t)((UINT32_C(1) << exponent) - 1U);
    const int32_t threshold = (int32_t)((uint32_t)mask >> 1) + (x < 0 ? 1 : 0);
    return (x >> exponent) + ((x & mask) > threshold ? 1 : 0);
}

/*
 * TFLite's MultiplyByQuantizedMultiplier, double rounding:
 *   1. high = floor((acc * 2^max(shift, 0) * multiplier + 2^30) / 2^31)
 *   2. high / 2^max(-shift, 0), ties away from zero
 * Bit-exact with the reference; the two roundings must not be merged.
 */
static inline int32_t ti_multiply_by_quantized_multiplier(int32_t acc, int32_t multiplier, int32_t shift)
{
#if TI_ROUNDING == TI_ROUNDING_SINGLE
    const int32_t total = 31 - shift;
    return (int32_t)(((int64_t)acc * multiplier + (INT64_C(1) << (total - 1))) >> total);
#else
    const int32_t left = shift > 0 ? shift : 0;
    const int32_t high = ti_high_mul((int32_t)((uint32_t)acc << left), multiplier);

    if (shift >= 0)
    {
        return high;
    }
#if TI_ROUNDING == TI_ROUNDING_DOUBLE_HALF_UP
    const int32_t ties = high;
#else
    /* One less below zero makes half up half away. No overflow: |high| < 2^31 - 1, because the multiplier is below
     * 2^31. */
    const int32_t ties = high + (high >> 31);
#endif
    return ((ties >> (-shift - 1)) + 1) >> 1;
#endif
}

static inline int32_t ti_clamp(int32_t value, int32_t min, int32_t max)
{
    value = value < min ? min : value;
    return value > max ? max : value;
}

/* Requantize, add the output's zero point, clamp to the fused activation. */
static inline int8_t ti_requantize_s8(int32_t acc, int32_t multiplier, int32_t shift, int32_t zero_point, int32_t min,
                                      int32_t max)
{
    const int32_t scaled = ti_multiply_by_quantized_multiplier(acc, multiplier, shift);
    return (int8_t)ti_clamp((int32_t)((uint32_t)scaled + (uint32_t)zero_point), min, max);
}

static inline bool ti_multiplier_valid(int32_t multiplier, int32_t shift)
{
    return multiplier >= 0 && ti_in_range(shift, -31, 30);
}

/* A clamp that keeps an int8 in its range. */
static inline bool ti_clamp_s8_valid(int32_t min, int32_t max)
{
    return min <= max && min >= -128 && max <= 127;
}

/* Inputs `multiplier` and `multiplier + 1` of the step are constants with a word for each channel. */
static inline bool ti_channels_present(const struct ti_step_view *step, uint32_t multiplier, int32_t channels)
{
    const uint64_t bytes = ti_mul(4, channels);

    return ti_constant(step, multiplier) != NULL && ti_constant(step, multiplier + 1) != NULL &&
           ti_input_has(step, multiplier, bytes) && ti_input_has(step, multiplier + 1, bytes);
}

/* Constant arrays of per-channel multipliers and shifts: inputs `multiplier` and `multiplier + 1` of the step. */
static inline bool ti_channels_valid(const struct ti_step_view *step, uint32_t multiplier, int32_t channels)
{
    if (!ti_channels_present(step, multiplier, channels))
    {
        return false;
    }

    const int32_t *const multipliers = ti_constant(step, multiplier);
    const int32_t *const shifts = ti_constant(step, multiplier + 1);
    for (int32_t c = 0; c < channels; c++)
    {
        if (!ti_multiplier_valid(multipliers[c], shifts[c]))
        {
            return false;
        }
    }
    return true;
}

#endif
