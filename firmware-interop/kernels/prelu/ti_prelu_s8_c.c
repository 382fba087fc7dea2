/* SPDX-License-Identifier: MIT */
#include "ti_prelu.h"

static int32_t pair(const void *params, int32_t a, int32_t b)
{
    const struct ti_prelu_s8_params *const p = params;
    const int32_t x = a - p->a_zero_point;

    return x >= 0 ? ti_requantize_s8(x, p->identity_multiplier, p->identity_shift, p->zero_point, INT8_MIN, INT8_MAX)
                  : ti_requantize_s8(x * (b - p->b_zero_point), p->slope_multiplier, p->slope_shift, p->zero_point,
                                     INT8_MIN, INT8_MAX);
}

void ti_prelu_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_prelu_s8_params *const p = params;
    (void)scratch;

    ti_broadcast_s8(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), inputs, outputs[0], pair, p);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_prelu_s8_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_in_range(p->a_zero_point, -128, 127) &&
           ti_in_range(p->b_zero_point, -128, 127) && ti_multiplier_valid(p->identity_multiplier, p->identity_shift) &&
           ti_multiplier_valid(p->slope_multiplier, p->slope_shift) &&
           ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 1);
}

const struct ti_kernel ti_prelu_s8 = {
    .run = ti_prelu_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_prelu_s8_params),
};
