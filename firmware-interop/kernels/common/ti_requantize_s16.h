/* SPDX-License-Identifier: MIT */
#ifndef TI_REQUANTIZE_S16_H
#define TI_REQUANTIZE_S16_H

#include "ti_requantize.h"

/*
 * int16 outputs. A 64-bit accumulator is rescaled by TFLite's other MultiplyByQuantizedMultiplier, which keeps 15 bits
 * of the multiplier and rounds once, halves up:
 *
 *     floor((acc * multiplier + 2^(shift - 1)) / 2^shift)
 *
 * The compiler (Ops/Requantization.cs) computes multiplier, 0..2^15 - 1, and shift, 8..46. The sum wraps; no model
 * comes near.
 */
static inline int32_t ti_multiply_wide(int64_t acc, int32_t multiplier, int32_t shift)
{
    const uint64_t product = (uint64_t)acc * (uint64_t)multiplier + (UINT64_C(1) << (shift - 1));
    return (int32_t)((int64_t)product >> shift);
}

/* Requantize an int32, add the output's zero point, clamp to the fused activation. */
static inline int16_t ti_requantize_s16(int32_t acc, int32_t multiplier, int32_t shift, int32_t zero_point, int32_t min,
                                        int32_t max)
{
    const int32_t scaled = ti_multiply_by_quantized_multiplier(acc, multiplier, shift);
    return (int16_t)ti_clamp((int32_t)((uint32_t)scaled + (uint32_t)zero_point), min, max);
}

/* A clamp that keeps an int16 in its range. */
static inline bool ti_clamp_s16_valid(int32_t min, int32_t max)
{
    return min <= max && min >= INT16_MIN && max <= INT16_MAX;
}

/* Constant arrays of multipliers and shifts for ti_multiply_wide: inputs `multiplier` and `multiplier + 1`. */
static inline bool ti_wide_channels_valid(const struct ti_step_view *step, uint32_t multiplier, int32_t channels)
{
    if (!ti_channels_present(step, multiplier, channels))
    {
        return false;
    }

    const int32_t *const multipliers = ti_constant(step, multiplier);
    const int32_t *const shifts = ti_constant(step, multiplier + 1);
    for (int32_t c = 0; c < channels; c++)
    {
        if (!ti_in_range(multipliers[c], 0, 0x7FFF) || !ti_in_range(shifts[c], 8, 46))
        {
            return false;
        }
    }
    return true;
}

#endif
