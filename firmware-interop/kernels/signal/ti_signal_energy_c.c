/* SPDX-License-Identifier: MIT */
#include "ti_signal.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_signal_energy_params *const p = params;
    const int16_t *const x = inputs[0];
    uint32_t *const output = outputs[0];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        const int32_t re = x[2 * i];
        const int32_t im = x[2 * i + 1];

        output[i] = i >= p->start && i < p->end ? (uint32_t)(re * re) + (uint32_t)(im * im) : 0;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_signal_energy_params *const p = step->params;

    return ti_counts(step, 1, 1) && ti_place_holds(step->input[0], ti_mul(ti_mul(1, p->count), 2), 2) &&
           ti_place_holds(step->output[0], ti_mul(1, p->count), 4);
}

const struct ti_kernel ti_signal_energy = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_signal_energy_params),
};
