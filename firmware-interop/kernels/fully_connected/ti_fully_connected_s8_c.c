/* SPDX-License-Identifier: MIT */
#include "ti_fully_connected.h"

void ti_fully_connected_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_fully_connected_s8_params *const p = params;
    const int8_t *input = inputs[0];
    const int32_t *const bias = inputs[2];
    const int32_t *const multiplier = inputs[3];
    const int32_t *const shift = inputs[4];
    int8_t *output = outputs[0];
    (void)scratch;

    for (int32_t b = 0; b < p->batch; b++)
    {
        const int8_t *weights = inputs[1];

        for (int32_t o = 0; o < p->out_size; o++)
        {
            int32_t acc = bias[o];

            for (int32_t i = 0; i < p->in_size; i++)
            {
                acc = ti_mac(acc, input[i], weights[i]);
            }

            *output++ = ti_requantize_s8(acc, multiplier[o], shift[o], p->zero_point, p->min, p->max);
            weights += p->in_size;
        }

        input += p->in_size;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_fully_connected_s8_params *const p = step->params;

    return ti_counts(step, 5, 1) && ti_clamp_s8_valid(p->min, p->max) &&
           ti_input_has(step, 0, ti_elements((const int32_t[]){p->batch, p->in_size}, 2)) &&
           ti_input_has(step, 1, ti_elements((const int32_t[]){p->out_size, p->in_size}, 2)) &&
           ti_input_has(step, 2, ti_mul(4, p->out_size)) && ti_channels_valid(step, 3, p->out_size) &&
           ti_output_has(step, 0, ti_elements((const int32_t[]){p->batch, p->out_size}, 2));
}

const struct ti_kernel ti_fully_connected_s8 = {
    .run = ti_fully_connected_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_fully_connected_s8_params),
};
