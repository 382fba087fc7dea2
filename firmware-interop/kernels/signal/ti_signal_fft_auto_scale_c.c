/* SPDX-License-Identifier: MIT */
#include "ti_signal.h"

static int16_t largest(const int16_t *x, int32_t count)
{
    int16_t largest = 0;

    for (int32_t i = 0; i < count; i++)
    {
        if (x[i] > largest)
        {
            largest = x[i];
        }
        else if (-x[i] > largest)
        {
            largest = (int16_t)-x[i];
        }
    }
    return largest;
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_signal_fft_auto_scale_params *const p = params;
    const int16_t *const x = inputs[0];
    const uint32_t used = ti_signal_bits((uint32_t)largest(x, p->count));
    const uint32_t bits = used < 15 ? 15 - used : 0;
    int16_t *const output = outputs[0];
    int32_t *const scale = outputs[1];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        output[i] = (int16_t)(uint16_t)((uint32_t)x[i] << bits);
    }
    *scale = (int32_t)bits;
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_signal_fft_auto_scale_params *const p = step->params;

    return ti_counts(step, 1, 2) && ti_place_holds(step->input[0], ti_mul(1, p->count), 2) &&
           ti_place_holds(step->output[0], ti_mul(1, p->count), 2) && ti_place_holds(step->output[1], 1, 4);
}

const struct ti_kernel ti_signal_fft_auto_scale = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_signal_fft_auto_scale_params),
};
