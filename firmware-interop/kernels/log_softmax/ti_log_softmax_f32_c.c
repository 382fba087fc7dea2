/* SPDX-License-Identifier: MIT */
#include "ti_log_softmax.h"

#include "../common/ti_real.h"

void ti_log_softmax_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_log_softmax_f32_params *const p = params;
    const float *input = inputs[0];
    float *output = outputs[0];
    (void)scratch;

    for (int32_t r = 0; r < p->rows; r++)
    {
        float largest = input[0];
        float sum = 0;

        for (int32_t c = 1; c < p->depth; c++)
        {
            largest = input[c] > largest ? input[c] : largest;
        }
        for (int32_t c = 0; c < p->depth; c++)
        {
            sum += ti_expf(input[c] - largest);
        }

        const float log_sum = ti_logf(sum);
        for (int32_t c = 0; c < p->depth; c++)
        {
            output[c] = input[c] - largest - log_sum;
        }
        input += p->depth;
        output += p->depth;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_log_softmax_f32_params *const p = step->params;
    const uint64_t elements = ti_elements((const int32_t[]){p->rows, p->depth}, 2);

    return ti_counts(step, 1, 1) && ti_place_holds(step->input[0], elements, 4) &&
           ti_place_holds(step->output[0], elements, 4);
}

const struct ti_kernel ti_log_softmax_f32 = {
    .run = ti_log_softmax_f32_c,
    .check = check,
    .params_size = sizeof(struct ti_log_softmax_f32_params),
};
