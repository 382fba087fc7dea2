/* SPDX-License-Identifier: MIT */
#include "ti_l2_normalization.h"

#include "../common/ti_float.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_l2_normalization_f32_params *const p = params;
    (void)scratch;
    const float *input = inputs[0];
    float *output = outputs[0];

    for (int32_t r = 0; r < p->rows; r++)
    {
        float sum = 0;

        for (int32_t c = 0; c < p->depth; c++)
        {
            sum += input[c] * input[c];
        }

        const float length = ti_sqrtf(sum);
        for (int32_t c = 0; c < p->depth; c++)
        {
            output[c] = input[c] / (length < 1e-6F ? 1e-6F : length);
        }
        input += p->depth;
        output += p->depth;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_l2_normalization_f32_params *const p = step->params;
    const uint64_t elements = ti_elements((const int32_t[]){p->rows, p->depth}, 2);

    return ti_counts(step, 1, 1) && ti_place_holds(step->input[0], elements, 4) &&
           ti_place_holds(step->output[0], elements, 4);
}

const struct ti_kernel ti_l2_normalization_f32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_l2_normalization_f32_params),
};
