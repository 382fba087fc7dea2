/* SPDX-License-Identifier: MIT */
#include "ti_slice.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_part *const part = &((const struct ti_slice_params *)params)->part;
    (void)scratch;
    const uint8_t *const input = (const uint8_t *)inputs[0] + ti_part_start(part, inputs[1]);
    uint8_t *output = outputs[0];
    const int32_t bytes = ti_part_row_bytes(part);
    int32_t index[TI_ND - 1] = {0};

    do
    {
        ti_copy(output, input + ti_part_row(part, index), bytes);
        output += bytes;
    } while (ti_nd_next(index, part->dims, TI_ND - 1));
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_part *const part = &((const struct ti_slice_params *)step->params)->part;

    return ti_counts(step, 2, 1) && ti_input_has(step, 0, ti_part_reach(part)) &&
           ti_input_has(step, 1, ti_part_begin_bytes(part)) && ti_output_has(step, 0, ti_part_bytes(part));
}

const struct ti_kernel ti_slice = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_slice_params),
};
