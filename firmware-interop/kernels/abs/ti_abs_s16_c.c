/* SPDX-License-Identifier: MIT */
#include "ti_abs.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_abs_s16_params *const p = params;
    const int16_t *const input = inputs[0];
    int16_t *const output = outputs[0];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        const int32_t magnitude = input[i] < 0 ? -input[i] : input[i];

        output[i] = ti_requantize_s16(magnitude, p->multiplier, p->shift, 0, INT16_MIN, INT16_MAX);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_abs_s16_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);

    return ti_counts(step, 1, 1) && ti_multiplier_valid(p->multiplier, p->shift) &&
           ti_place_holds(step->input[0], count, 2) && ti_place_holds(step->output[0], count, 2);
}

const struct ti_kernel ti_abs_s16 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_abs_s16_params),
};
