/* SPDX-License-Identifier: MIT */
#include "ti_add_n.h"

#include "../common/ti_float.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_add_n_f32_params *const p = params;
    (void)scratch;
    float *const output = outputs[0];

    for (int32_t i = 0; i < p->count; i++)
    {
        float sum = 0;

        for (int32_t n = 0; n < p->inputs; n++)
        {
            sum += ((const float *)inputs[n])[i];
        }
        output[i] = sum;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_add_n_f32_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);

    for (uint32_t n = 0; n < step->inputs; n++)
    {
        if (!ti_place_holds(step->input[n], count, 4))
        {
            return false;
        }
    }
    return step->outputs == 1 && p->inputs >= 1 && (uint32_t)p->inputs == step->inputs &&
           ti_place_holds(step->output[0], count, 4);
}

const struct ti_kernel ti_add_n_f32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_add_n_f32_params),
};
