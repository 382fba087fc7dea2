/* SPDX-License-Identifier: MIT */
#include "ti_maximum.h"

static int32_t pair(const void *params, int32_t a, int32_t b)
{
    (void)params;
    return a > b ? a : b;
}

void ti_maximum_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_maximum_s8_params *const p = params;
    (void)scratch;

    ti_broadcast_s8(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), inputs, outputs[0], pair, p);
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
