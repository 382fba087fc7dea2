/* SPDX-License-Identifier: MIT */
#include "ti_mul.h"

static int32_t pair(const void *params, int32_t a, int32_t b)
{
    const struct ti_mul_s16_params *const p = params;
    return ti_requantize_s16(a * b, p->multiplier, p->shift, 0, p->min, p->max);
}

void ti_mul_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_mul_s16_params *const p = params;
    (void)scratch;

    ti_broadcast_s16(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), inputs, outputs[0], pair, p);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_mul_s16_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_multiplier_valid(p->multiplier, p->shift) &&
           ti_clamp_s16_valid(p->min, p->max) && ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 2);
}

const struct ti_kernel ti_mul_s16 = {
    .run = ti_mul_s16_c,
    .check = check,
    .params_size = sizeof(struct ti_mul_s16_params),
};
