/* SPDX-License-Identifier: MIT */
#include "ti_add_n.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_add_n_s8_params *const p = params;
    (void)scratch;
    int8_t *const output = outputs[0];

    for (int32_t i = 0; i < p->count; i++)
    {
        int32_t sum = -(p->inputs + 1) * p->input_zero_point;

        for (int32_t n = 0; n < p->inputs; n++)
        {
            sum += ((const int8_t *)inputs[n])[i];
        }
        output[i] =
            ti_requantize_s8(sum * (INT32_C(1) << 19), p->multiplier, p->shift, p->zero_point, INT8_MIN, INT8_MAX);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_add_n_s8_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);

    for (uint32_t n = 0; n < step->inputs; n++)
    {
        if (!ti_input_has(step, n, count))
        {
            return false;
        }
    }
    return step->outputs == 1 && p->inputs >= 1 && (uint32_t)p->inputs == step->inputs &&
           ti_in_range(p->input_zero_point, INT8_MIN, INT8_MAX) && ti_multiplier_valid(p->multiplier, p->shift) &&
           p->shift <= 0 && ti_output_has(step, 0, count);
}

const struct ti_kernel ti_add_n_s8 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_add_n_s8_params),
};
