/* SPDX-License-Identifier: MIT */
#include "ti_softmax.h"

#include <float.h>

void ti_softmax_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_softmax_f32_params *const p = params;
    const float *input = inputs[0];
    float *output = outputs[0];
    (void)scratch;

    for (int32_t r = 0; r < p->rows; r++)
    {
        float largest = -FLT_MAX;
        float sum = 0;

        for (int32_t c = 0; c < p->depth; c++)
        {
            largest = largest < input[c] ? input[c] : largest;
        }
        for (int32_t c = 0; c < p->depth; c++)
        {
            output[c] = ti_expf((input[c] - largest) * p->beta);
            sum += output[c];
        }
        for (int32_t c = 0; c < p->depth; c++)
        {
            output[c] = output[c] / sum;
        }
        input += p->depth;
        output += p->depth;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_softmax_f32_params *const p = step->params;
    const uint64_t count = ti_elements((const int32_t[]){p->rows, p->depth}, 2);

    return ti_counts(step, 1, 1) && ti_place_holds(step->input[0], count, 4) &&
           ti_place_holds(step->output[0], count, 4);
}

const struct ti_kernel ti_softmax_f32 = {
    .run = ti_softmax_f32_c,
    .check = check,
    .params_size = sizeof(struct ti_softmax_f32_params),
};
