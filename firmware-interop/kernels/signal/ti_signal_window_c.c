/* SPDX-License-Identifier: MIT */
#include "ti_signal.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_signal_window_params *const p = params;
    const int16_t *x = inputs[0];
    const int16_t *const window = inputs[1];
    int16_t *output = outputs[0];
    (void)scratch;

    for (int32_t r = 0; r < p->rows; r++)
    {
        for (int32_t i = 0; i < p->size; i++)
        {
            const int32_t product = (*x++ * window[i]) >> p->shift;

            *output++ = (int16_t)(product < INT16_MIN ? INT16_MIN : product > INT16_MAX ? INT16_MAX : product);
        }
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_signal_window_params *const p = step->params;
    const uint64_t count = ti_elements((const int32_t[]){p->rows, p->size}, 2);

    return ti_counts(step, 2, 1) && ti_in_range(p->shift, 0, 31) && ti_place_holds(step->input[0], count, 2) &&
           ti_place_holds(step->input[1], ti_mul(1, p->size), 2) && ti_place_holds(step->output[0], count, 2);
}

const struct ti_kernel ti_signal_window = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_signal_window_params),
};
