/* SPDX-License-Identifier: MIT */
#include "ti_lut.h"

void ti_lut_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_lut_s8_params *const p = params;
    const uint8_t *input = inputs[0];
    const uint8_t *const table = inputs[1];
    uint8_t *output = outputs[0];
    (void)scratch;

    for (int32_t n = p->count; n > 0; n--)
    {
        *output++ = table[*input++];
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_lut_s8_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);

    return ti_counts(step, 2, 1) && ti_input_has(step, 0, count) && ti_input_has(step, 1, 256) &&
           ti_output_has(step, 0, count);
}

const struct ti_kernel ti_lut_s8 = {
    .run = ti_lut_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_lut_s8_params),
};
