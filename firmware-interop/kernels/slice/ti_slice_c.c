/* SPDX-License-Identifier: MIT */
#include "ti_slice.h"

#include "../common/ti_element.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_slice_params *const p = params;
    (void)scratch;
    const uint8_t *input = inputs[0];
    uint8_t *output = outputs[0];
    int32_t index[TI_ND - 1] = {0};

    for (int32_t d = p->first; d < TI_ND; d++)
    {
        const uint8_t *const element = (const uint8_t *)inputs[1] + (d - p->first) * (p->wide != 0 ? 8 : 4);
        const int64_t wanted = ti_load_integer(element, p->wide != 0 ? TI_TYPE_S64 : TI_TYPE_S32);

        input += (wanted < 0 ? 0 : wanted < p->room[d] ? (int32_t)wanted : p->room[d]) * p->strides[d];
    }

    do
    {
        int32_t at = 0;

        for (int32_t d = 0; d < TI_ND - 1; d++)
        {
            at += index[d] * p->strides[d];
        }
        ti_copy(output, input + at, p->dims[TI_ND - 1] * p->item);
        output += p->dims[TI_ND - 1] * p->item;
    } while (ti_nd_next(index, p->dims, TI_ND - 1));
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_slice_params *const p = step->params;
    uint64_t last = 0;

    for (uint32_t d = 0; d < TI_ND; d++)
    {
        if (p->dims[d] < 1 || p->room[d] < 0 || p->strides[d] < 1 || last > INT32_MAX)
        {
            return false;
        }
        last += ((uint64_t)(p->dims[d] - 1) + (uint64_t)p->room[d]) * (uint64_t)p->strides[d];
    }
    return ti_counts(step, 2, 1) && ti_in_range(p->item, 1, 8) && ti_in_range(p->first, 0, TI_ND - 1) &&
           p->strides[TI_ND - 1] == p->item && ti_input_has(step, 0, last + (uint64_t)p->item) &&
           ti_input_has(step, 1, ti_mul(p->wide != 0 ? 8 : 4, TI_ND - p->first)) &&
           ti_output_has(step, 0, ti_mul(ti_elements(p->dims, TI_ND), p->item));
}

const struct ti_kernel ti_slice = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_slice_params),
};
