/* SPDX-License-Identifier: MIT */
#include "ti_signal.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_signal_filter_bank_spectral_subtraction_params *const p = params;
    const uint32_t *const x = inputs[0];
    const uint32_t *const noise = inputs[1];
    uint32_t *const output = outputs[0];
    uint32_t *const next = outputs[1];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        const uint64_t smoothing = (uint32_t)p->smoothing[i & 1];
        const uint64_t one_minus_smoothing = (uint32_t)p->one_minus_smoothing[i & 1];
        const uint32_t up = x[i] << p->smoothing_bits;
        const uint32_t level = (uint32_t)((up * smoothing + noise[i] * one_minus_smoothing) >> p->subtraction_bits);
        const uint32_t estimate = level < up ? level : up;
        const uint32_t left = (up - estimate) >> p->smoothing_bits;
        const uint32_t least = (uint32_t)(((uint64_t)x[i] * (uint32_t)p->min_remaining) >> p->subtraction_bits);

        next[i] = p->clamping != 0 ? estimate : level;
        output[i] = left > least ? left : least;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_signal_filter_bank_spectral_subtraction_params *const p = step->params;
    const uint64_t count = ti_mul(1, p->count);

    return ti_counts(step, 2, 2) && ti_in_range(p->smoothing_bits, 0, 31) && ti_in_range(p->subtraction_bits, 0, 31) &&
           ti_place_holds(step->input[0], count, 4) && ti_place_holds(step->input[1], count, 4) &&
           ti_place_holds(step->output[0], count, 4) && ti_place_holds(step->output[1], count, 4);
}

const struct ti_kernel ti_signal_filter_bank_spectral_subtraction = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_signal_filter_bank_spectral_subtraction_params),
};
