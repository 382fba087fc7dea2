/* SPDX-License-Identifier: MIT */
#include "ti_maximum.h"

void ti_maximum_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_maximum_s8_params *const p = params;
    const int32_t a_step = p->a_strides[TI_BROADCAST_OUTER];
    const int32_t b_step = p->b_strides[TI_BROADCAST_OUTER];
    int8_t *output = outputs[0];
    (void)scratch;

    struct ti_broadcast_walk walk = ti_broadcast_start(p->dims, p->a_strides, p->b_strides);
    do
    {
        const int8_t *a = (const int8_t *)inputs[0] + walk.a;
        const int8_t *b = (const int8_t *)inputs[1] + walk.b;

        for (int32_t n = p->dims[TI_BROADCAST_OUTER]; n > 0; n--)
        {
            *output++ = *a > *b ? *a : *b;
            a += a_step;
            b += b_step;
        }
    } while (ti_broadcast_next(&walk));
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_maximum_s8_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 1);
}

const struct ti_kernel ti_maximum_s8 = {
    .run = ti_maximum_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_maximum_s8_params),
};
