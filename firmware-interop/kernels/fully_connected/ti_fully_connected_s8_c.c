/* SPDX-License-Identifier: MIT */
#include "ti_fully_connected.h"

#include "../common/ti_dot.h"

/* What a weights zero point subtracts from every output of the row: weights_zero_point * sum(input - input_zero_point).
 */
static int32_t row_correction(const struct ti_fully_connected_s8_params *p, const int8_t *input)
{
    int32_t sum = 0;

    for (int32_t i = 0; i < p->in_size && p->weights_zero_point != 0; i++)
    {
        sum = ti_mac(sum, input[i] - p->input_zero_point, -p->weights_zero_point);
    }
    return sum;
}

void ti_fully_connected_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_fully_connected_s8_params *const p = params;
    const struct ti_patch row = {.rows = 1, .runs = 1, .length = p->in_size};
    const int8_t *input = inputs[0];
    const int32_t *const bias = inputs[2];
    const int32_t *const multiplier = inputs[3];
    const int32_t *const shift = inputs[4];
    int8_t *output = outputs[0];
    (void)scratch;

    for (int32_t b = 0; b < p->batch; b++)
    {
        const int8_t *weights = inputs[1];
        const int32_t correction = row_correction(p, input);
        int32_t o = 0;

        for (; o + 4 <= p->out_size; o += 4)
        {
            int32_t sums[4];
            for (int32_t j = 0; j < 4; j++)
            {
                sums[j] = ti_mac(correction, bias[o + j], 1);
            }

            ti_dot4_s8(sums, &row, input, weights, p->in_size, -p->input_zero_point);
            for (int32_t j = 0; j < 4; j++)
            {
                *output++ = ti_requantize_s8(sums[j], multiplier[o + j], shift[o + j], p->zero_point, p->min, p->max);
            }
            weights += 4 * p->in_size;
        }

        for (; o < p->out_size; o++)
        {
            const int32_t sum = ti_dot_s8(ti_mac(correction, bias[o], 1), &row, input, weights, -p->input_zero_point);
            *output++ = ti_requantize_s8(sum, multiplier[o], shift[o], p->zero_point, p->min, p->max);
            weights += p->in_size;
        }

        input += p->in_size;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_fully_connected_s8_params *const p = step->params;

    return ti_counts(step, 5, 1) && ti_clamp_s8_valid(p->min, p->max) && ti_in_range(p->input_zero_point, -128, 127) &&
           ti_in_range(p->weights_zero_point, -128, 127) &&
           ti_input_has(step, 0, ti_elements((const int32_t[]){p->batch, p->in_size}, 2)) &&
           ti_input_has(step, 1, ti_elements((const int32_t[]){p->out_size, p->in_size}, 2)) &&
           ti_place_holds(step->input[2], (uint64_t)p->out_size, 4) && ti_channels_valid(step, 3, p->out_size) &&
           ti_output_has(step, 0, ti_elements((const int32_t[]){p->batch, p->out_size}, 2));
}

const struct ti_kernel ti_fully_connected_s8 = {
    .run = ti_fully_connected_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_fully_connected_s8_params),
};
