/* SPDX-License-Identifier: MIT */
#include "ti_put_row.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_put_row_params *const p = params;
    const int32_t wanted = *(const int32_t *)inputs[1];
    const int32_t index = wanted < 0 ? 0 : wanted < p->rows ? wanted : p->rows - 1;
    (void)scratch;

    if (outputs[0] != inputs[0])
    {
        ti_copy(outputs[0], inputs[0], p->rows * p->row);
    }
    ti_copy((uint8_t *)outputs[0] + index * p->row, inputs[2], p->row);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_put_row_params *const p = step->params;
    const uint64_t list = ti_elements((const int32_t[]){p->rows, p->row}, 2);

    return ti_counts(step, 3, 1) && ti_input_has(step, 0, list) && ti_place_holds(step->input[1], 1, 4) &&
           ti_input_has(step, 2, ti_elements(&p->row, 1)) && ti_output_has(step, 0, list);
}

const struct ti_kernel ti_put_row = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_put_row_params),
};
