/* SPDX-License-Identifier: MIT */
#include "ti_gather_nd.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_gather_nd_params *const p = params;
    (void)scratch;
    const uint8_t *const input = inputs[0];
    const int32_t *index = inputs[1];
    uint8_t *output = outputs[0];

    for (int32_t s = 0; s < p->slices; s++)
    {
        int32_t at = 0;

        for (int32_t d = 0; d < p->count; d++)
        {
            const int32_t last = p->dims[d] - 1;
            at += (index[d] < 0 ? 0 : index[d] < last ? index[d] : last) * p->strides[d];
        }
        ti_copy(output, input + (size_t)at * (size_t)p->item, p->item);
        index += p->count;
        output += p->item;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_gather_nd_params *const p = step->params;
    uint64_t last = 0;

    for (uint32_t d = 0; d < TI_GATHER_ND; d++)
    {
        if (p->dims[d] < 1 || p->strides[d] < 0 || last > INT32_MAX)
        {
            return false;
        }
        last += (uint64_t)(p->dims[d] - 1) * (uint64_t)p->strides[d];
    }
    return ti_counts(step, 2, 1) && ti_in_range(p->count, 1, TI_GATHER_ND) && last < INT32_MAX &&
           ti_input_has(step, 0, ti_mul(last + 1, p->item)) &&
           ti_place_holds(step->input[1], ti_elements((const int32_t[]){p->slices, p->count}, 2), 4) &&
           ti_output_has(step, 0, ti_elements((const int32_t[]){p->slices, p->item}, 2));
}

const struct ti_kernel ti_gather_nd = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_gather_nd_params),
};
