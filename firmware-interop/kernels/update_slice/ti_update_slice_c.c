/* SPDX-License-Identifier: MIT */
#include "ti_update_slice.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_update_slice_params *const p = params;
    const struct ti_part *const part = &p->part;
    (void)scratch;
    const uint8_t *update = inputs[1];
    uint8_t *const output = (uint8_t *)outputs[0] + ti_part_start(part, inputs[2]);
    const int32_t bytes = ti_part_row_bytes(part);
    int32_t index[TI_ND - 1] = {0};

    ti_copy(outputs[0], inputs[0], p->bytes);
    do
    {
        ti_copy(output + ti_part_row(part, index), update, bytes);
        update += bytes;
    } while (ti_nd_next(index, part->dims, TI_ND - 1));
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_update_slice_params *const p = step->params;

    return ti_counts(step, 3, 1) && p->bytes >= 1 && ti_part_reach(&p->part) <= (uint64_t)p->bytes &&
           ti_input_has(step, 0, (uint64_t)p->bytes) && ti_output_has(step, 0, (uint64_t)p->bytes) &&
           ti_input_has(step, 1, ti_part_bytes(&p->part)) && ti_input_has(step, 2, ti_part_begin_bytes(&p->part));
}

const struct ti_kernel ti_update_slice = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_update_slice_params),
};
