/* SPDX-License-Identifier: MIT */
#include "ti_softmax.h"

void ti_softmax_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_softmax_s8_params *const p = params;
    const int8_t *input = inputs[0];
    const int32_t *const table = inputs[1];
    int8_t *output = outputs[0];
    (void)scratch;

    for (int32_t r = 0; r < p->rows; r++)
    {
        const struct ti_softmax_row row = ti_softmax_row(input, p->depth, table, p->table_size, 8);

        for (int32_t c = 0; c < p->depth; c++)
        {
            const int32_t element = ti_softmax_element(&row, input[c], table, p->table_size);
            output[c] = (int8_t)ti_clamp(element + INT8_MIN, INT8_MIN, INT8_MAX);
        }
        input += p->depth;
        output += p->depth;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_softmax_s8_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_in_range(p->depth, 1, TI_SOFTMAX_DEPTH) &&
           ti_softmax_table_valid(step, p->table_size) &&
           ti_input_has(step, 0, ti_elements((const int32_t[]){p->rows, p->depth}, 2)) &&
           ti_output_has(step, 0, ti_elements((const int32_t[]){p->rows, p->depth}, 2));
}

const struct ti_kernel ti_softmax_s8 = {
    .run = ti_softmax_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_softmax_s8_params),
};
