/* SPDX-License-Identifier: MIT */
#include "ti_tanh.h"

void ti_tanh_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_tanh_s16_params *const p = params;
    const int32_t half = p->shift > 0 ? INT32_C(1) << (p->shift - 1) : 0;
    const int16_t *const input = inputs[0];
    const uint16_t *const table = inputs[1];
    int16_t *const output = outputs[0];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        output[i] = (int16_t)ti_tanh_q15(ti_mac(half, input[i], p->multiplier) >> p->shift, table);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_tanh_s16_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);

    return ti_counts(step, 2, 1) && p->multiplier >= 0 && ti_in_range(p->shift, 0, 31) &&
           ti_place_holds(step->input[0], count, 2) && ti_sigmoid_table_valid(step, 1) &&
           ti_place_holds(step->output[0], count, 2);
}

const struct ti_kernel ti_tanh_s16 = {
    .run = ti_tanh_s16_c,
    .check = check,
    .params_size = sizeof(struct ti_tanh_s16_params),
};
