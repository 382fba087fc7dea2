/* SPDX-License-Identifier: MIT */
#include "ti_l2_normalization.h"

#include "../common/ti_inverse_sqrt.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_l2_normalization_s8_params *const p = params;
    (void)scratch;
    const int8_t *input = inputs[0];
    int8_t *output = outputs[0];

    for (int32_t r = 0; r < p->rows; r++)
    {
        int32_t sum = 0;

        for (int32_t c = 0; c < p->depth; c++)
        {
            const int32_t x = input[c] - p->zero_point;
            sum = ti_mac(sum, x, x);
        }

        const struct ti_inverse_sqrt root = ti_inverse_sqrt(sum);
        for (int32_t c = 0; c < p->depth; c++)
        {
            output[c] =
                ti_requantize_s8(input[c] - p->zero_point, root.multiplier, root.shift + 7, 0, INT8_MIN, INT8_MAX);
        }
        input += p->depth;
        output += p->depth;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_l2_normalization_s8_params *const p = step->params;
    const uint64_t elements = ti_elements((const int32_t[]){p->rows, p->depth}, 2);

    return ti_counts(step, 1, 1) && ti_in_range(p->zero_point, INT8_MIN, INT8_MAX) && ti_input_has(step, 0, elements) &&
           ti_output_has(step, 0, elements);
}

const struct ti_kernel ti_l2_normalization_s8 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_l2_normalization_s8_params),
};
