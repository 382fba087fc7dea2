/* SPDX-License-Identifier: MIT */
#include "ti_cumsum.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_cumsum_s8_params *const p = params;
    (void)scratch;
    const int32_t row = p->depth * p->inner;
    const int32_t step = p->reverse != 0 ? -p->inner : p->inner;

    for (int32_t n = 0; n < p->outer * p->inner; n++)
    {
        int32_t at = n / p->inner * row + n % p->inner + (p->reverse != 0 ? row - p->inner : 0);
        int32_t sum = -p->input_zero_point;

        for (int32_t d = p->depth; d > 0; d--)
        {
            const int8_t x = ((const int8_t *)inputs[0])[at];
            const int32_t next = ti_mac(sum, x - p->input_zero_point, 1);

            (((int8_t *)outputs[0]))[at] = ti_requantize_s8((int32_t)((uint32_t)(p->exclusive != 0 ? sum : next) << 19),
                                                            p->multiplier, p->shift, p->zero_point, INT8_MIN, INT8_MAX);
            sum = next;
            at += step;
        }
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_cumsum_s8_params *const p = step->params;
    const uint64_t elements = ti_elements((const int32_t[]){p->outer, p->depth, p->inner}, 3);

    return ti_counts(step, 1, 1) && ti_in_range(p->input_zero_point, INT8_MIN, INT8_MAX) &&
           ti_multiplier_valid(p->multiplier, p->shift) && p->shift <= 0 &&
           ti_place_holds(step->input[0], elements, 1) && ti_place_holds(step->output[0], elements, 1);
}

const struct ti_kernel ti_cumsum_s8 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_cumsum_s8_params),
};
