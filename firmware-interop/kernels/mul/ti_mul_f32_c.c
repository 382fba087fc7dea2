/* SPDX-License-Identifier: MIT */
#include "ti_mul.h"

static float pair(const void *params, float a, float b)
{
    const struct ti_mul_f32_params *const p = params;
    return ti_clamp_f32(a * b, p->min, p->max);
}

void ti_mul_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_mul_f32_params *const p = params;
    (void)scratch;

    ti_broadcast_f32(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), inputs, outputs[0], pair, p);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_mul_f32_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 4);
}

const struct ti_kernel ti_mul_f32 = {
    .run = ti_mul_f32_c,
    .check = check,
    .params_size = sizeof(struct ti_mul_f32_params),
};
