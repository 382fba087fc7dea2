/* SPDX-License-Identifier: MIT */
#include "ti_gather.h"

static int32_t nearest(int32_t index, int32_t size)
{
    if (index < 0)
    {
        return 0;
    }
    return index < size ? index : size - 1;
}

void ti_gather_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_gather_params *const p = params;
    const uint8_t *input = inputs[0];
    const int32_t *indices = inputs[1];
    uint8_t *output = outputs[0];
    const size_t item = (size_t)p->item;
    (void)scratch;

    for (int32_t b = 0; b < p->batch; b++)
    {
        for (int32_t o = 0; o < p->outer; o++)
        {
            for (int32_t i = 0; i < p->count; i++)
            {
                ti_copy(output, input + (size_t)nearest(indices[i], p->axis) * item, p->item);
                output += p->item;
            }
            input += (size_t)p->axis * item;
        }
        indices += p->count;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_gather_params *const p = step->params;

    return ti_counts(step, 2, 1) &&
           ti_input_has(step, 0, ti_elements((const int32_t[]){p->batch, p->outer, p->axis, p->item}, 4)) &&
           ti_place_holds(step->input[1], ti_elements((const int32_t[]){p->batch, p->count}, 2), 4) &&
           ti_output_has(step, 0, ti_elements((const int32_t[]){p->batch, p->outer, p->count, p->item}, 4));
}

const struct ti_kernel ti_gather = {
    .run = ti_gather_c,
    .check = check,
    .params_size = sizeof(struct ti_gather_params),
};
