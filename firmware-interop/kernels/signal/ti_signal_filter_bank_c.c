/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "ti_signal.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_signal_filter_bank_params *const p = params;
    const uint32_t *const x = inputs[0];
    const int16_t *const weights = inputs[1];
    const int16_t *const unweights = inputs[2];
    const int16_t *const starts = inputs[3];
    const int16_t *const weight_starts = inputs[4];
    const int16_t *const widths = inputs[5];
    uint8_t *const output = outputs[0];
    uint64_t carried = 0;
    (void)scratch;

    for (int32_t b = 0; b <= p->channels; b++)
    {
        uint64_t sum = carried;

        carried = 0;
        for (int32_t i = 0; i < widths[b]; i++)
        {
            const uint64_t energy = x[starts[b] + i];

            sum += (uint64_t)weights[weight_starts[b] + i] * energy;
            carried += (uint64_t)unweights[weight_starts[b] + i] * energy;
        }
        if (b > 0)
        {
            memcpy(output + (size_t)(b - 1) * sizeof sum, &sum, sizeof sum);
        }
    }
}

static bool bands_inside(const struct ti_step_view *step)
{
    const struct ti_signal_filter_bank_params *const p = step->params;
    const int16_t *const starts = ti_constant(step, 3);
    const int16_t *const weight_starts = ti_constant(step, 4);
    const int16_t *const widths = ti_constant(step, 5);

    if (starts == NULL || weight_starts == NULL || widths == NULL)
    {
        return false;
    }
    for (int32_t b = 0; b <= p->channels; b++)
    {
        if (starts[b] < 0 || weight_starts[b] < 0 || widths[b] < 0 || starts[b] + widths[b] > p->bins ||
            weight_starts[b] + widths[b] > p->taps)
        {
            return false;
        }
    }
    return true;
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_signal_filter_bank_params *const p = step->params;

    if (!ti_counts(step, 6, 1) || !ti_in_range(p->channels, 1, INT16_MAX) ||
        !ti_place_holds(step->input[0], ti_mul(1, p->bins), 4) || !ti_output_has(step, 0, ti_mul(8, p->channels)))
    {
        return false;
    }
    for (uint32_t i = 1; i < 6; i++)
    {
        if (!ti_place_holds(step->input[i], ti_mul(1, i < 3 ? p->taps : p->channels + 1), 2))
        {
            return false;
        }
    }
    return bands_inside(step);
}

const struct ti_kernel ti_signal_filter_bank = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_signal_filter_bank_params),
};
