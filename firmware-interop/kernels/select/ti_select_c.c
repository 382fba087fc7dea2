/* SPDX-License-Identifier: MIT */
#include "ti_select.h"

static int32_t offset(const int32_t *index, const int32_t *strides)
{
    int32_t sum = 0;
    for (int32_t d = 0; d < TI_ND - 1; d++)
    {
        sum += index[d] * strides[d];
    }
    return sum;
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_select_params *const p = params;
    const int32_t last = TI_ND - 1;
    int32_t index[TI_ND - 1] = {0};
    uint8_t *output = outputs[0];
    (void)scratch;

    do
    {
        const uint8_t *condition = (const uint8_t *)inputs[0] + offset(index, p->condition_strides);
        const uint8_t *a = (const uint8_t *)inputs[1] + offset(index, p->a_strides) * p->item;
        const uint8_t *b = (const uint8_t *)inputs[2] + offset(index, p->b_strides) * p->item;

        for (int32_t n = p->dims[last]; n > 0; n--)
        {
            ti_copy(output, *condition != 0 ? a : b, p->item);
            condition += p->condition_strides[last];
            a += p->a_strides[last] * p->item;
            b += p->b_strides[last] * p->item;
            output += p->item;
        }
    } while (ti_nd_next(index, p->dims, last));
}

static bool inside(const struct ti_step_view *step, uint32_t input, const int32_t *dims, const int32_t *strides,
                   int32_t item)
{
    const struct ti_span span = ti_nd_span(0, dims, strides);
    return ti_span_inside(span, 1, step->input[input].size / (uint32_t)item);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_select_params *const p = step->params;

    return ti_counts(step, 3, 1) && ti_in_range(p->item, 1, 8) &&
           ti_output_has(step, 0, ti_mul(ti_elements(p->dims, TI_ND), p->item)) &&
           inside(step, 0, p->dims, p->condition_strides, 1) && inside(step, 1, p->dims, p->a_strides, p->item) &&
           inside(step, 2, p->dims, p->b_strides, p->item);
}

const struct ti_kernel ti_select = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_select_params),
};
