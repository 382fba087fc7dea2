/* SPDX-License-Identifier: MIT */
#include "ti_leaky_relu.h"

void ti_leaky_relu_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_leaky_relu_f32_params *const p = params;
    const float *const input = inputs[0];
    float *const output = outputs[0];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        output[i] = input[i] > 0 ? input[i] : input[i] * p->alpha;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_leaky_relu_f32_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);

    return ti_counts(step, 1, 1) && ti_place_holds(step->input[0], count, 4) &&
           ti_place_holds(step->output[0], count, 4);
}

const struct ti_kernel ti_leaky_relu_f32 = {
    .run = ti_leaky_relu_f32_c,
    .check = check,
    .params_size = sizeof(struct ti_leaky_relu_f32_params),
};
