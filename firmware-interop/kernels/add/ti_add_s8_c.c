/* SPDX-License-Identifier: MIT */
#include "ti_add.h"

static int32_t pair(const void *params, int32_t a, int32_t b)
{
    const struct ti_add_s8_params *const p = params;
    const int32_t sum = a * p->a_multiplier + b * p->b_multiplier + p->offset;

    return ti_clamp(sum >> p->shift, p->min, p->max);
}

void ti_add_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_add_s8_params *const p = params;
    (void)scratch;

    ti_broadcast_s8(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), inputs, outputs[0], pair, p);
}

static uint64_t magnitude(int32_t value)
{
    return value < 0 ? (uint64_t) - (int64_t)value : (uint64_t)value;
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_add_s8_params *const p = step->params;
    const uint64_t largest = 128U * (magnitude(p->a_multiplier) + magnitude(p->b_multiplier)) + magnitude(p->offset);

    return ti_counts(step, 2, 1) && largest <= INT32_MAX && ti_in_range(p->shift, 0, 30) &&
           ti_clamp_s8_valid(p->min, p->max) && ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 1);
}

const struct ti_kernel ti_add_s8 = {
    .run = ti_add_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_add_s8_params),
};
