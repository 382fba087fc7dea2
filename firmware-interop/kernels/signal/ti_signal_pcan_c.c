/* SPDX-License-Identifier: MIT */
#include "ti_signal.h"

enum
{
    LUT_ENTRIES = 125
};

static int16_t gain(uint32_t noise, const int16_t *lut)
{
    if (noise <= 2)
    {
        return lut[noise];
    }

    const uint32_t bits = ti_signal_bits(noise);
    const int16_t *const q = lut + 4 * bits - 6;
    const int32_t fraction = (int32_t)((bits < 11 ? noise << (11 - bits) : noise >> (bits - 11)) & 0x3FF);
    const int32_t slope = ((q[2] * fraction) >> 5) + q[1] * 32;

    return (int16_t)(uint16_t)(q[0] + ((slope * fraction + (1 << 14)) >> 15));
}

static uint32_t shrink(uint32_t snr)
{
    return snr < (1U << 13) ? (snr * snr) >> 20 : (snr >> 6) - 64;
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_signal_pcan_params *const p = params;
    const uint32_t *const x = inputs[0];
    const uint32_t *const noise = inputs[1];
    uint32_t *const output = outputs[0];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        const uint32_t factor = (uint32_t)gain(noise[i], inputs[2]);

        output[i] = shrink((uint32_t)(((uint64_t)x[i] * factor) >> p->snr_shift));
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_signal_pcan_params *const p = step->params;
    const uint64_t count = ti_mul(1, p->count);

    return ti_counts(step, 3, 1) && ti_in_range(p->snr_shift, 0, 63) && ti_place_holds(step->input[0], count, 4) &&
           ti_place_holds(step->input[1], count, 4) && ti_place_holds(step->input[2], LUT_ENTRIES, 2) &&
           ti_place_holds(step->output[0], count, 4);
}

const struct ti_kernel ti_signal_pcan = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_signal_pcan_params),
};
