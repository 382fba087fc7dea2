/* SPDX-License-Identifier: MIT */
#include "ti_cumsum.h"

#include "../common/ti_float.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_cumsum_f32_params *const p = params;
    (void)scratch;
    const int32_t row = p->depth * p->inner;
    const int32_t step = p->reverse != 0 ? -p->inner : p->inner;

    for (int32_t n = 0; n < p->outer * p->inner; n++)
    {
        int32_t at = n / p->inner * row + n % p->inner + (p->reverse != 0 ? row - p->inner : 0);
        float sum = 0;

        for (int32_t d = p->depth; d > 0; d--)
        {
            const float x = ((const float *)inputs[0])[at];
            const float next = sum + x;

            (((float *)outputs[0]))[at] = p->exclusive != 0 ? sum : next;
            sum = next;
            at += step;
        }
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_cumsum_f32_params *const p = step->params;
    const uint64_t elements = ti_elements((const int32_t[]){p->outer, p->depth, p->inner}, 3);

    return ti_counts(step, 1, 1) && ti_place_holds(step->input[0], elements, 4) &&
           ti_place_holds(step->output[0], elements, 4);
}

const struct ti_kernel ti_cumsum_f32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_cumsum_f32_params),
};
