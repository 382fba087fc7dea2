/* SPDX-License-Identifier: MIT */
#include "ti_squared_difference.h"

static int32_t pair(const void *params, int32_t a, int32_t b)
{
    const struct ti_squared_difference_s16_params *const p = params;
    const int32_t difference = ti_multiply_by_quantized_multiplier(a, p->a_multiplier, p->a_shift) -
                               ti_multiply_by_quantized_multiplier(b, p->b_multiplier, p->b_shift);

    return ti_requantize_s16(difference * difference, p->multiplier, p->shift, 0, INT16_MIN, INT16_MAX);
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_squared_difference_s16_params *const p = params;
    (void)scratch;

    ti_broadcast_s16(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), inputs, outputs[0], pair, p);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_squared_difference_s16_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_squared_difference_scale_valid(p->a_multiplier, p->a_shift) &&
           ti_squared_difference_scale_valid(p->b_multiplier, p->b_shift) &&
           ti_multiplier_valid(p->multiplier, p->shift) &&
           ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 2);
}

const struct ti_kernel ti_squared_difference_s16 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_squared_difference_s16_params),
};
