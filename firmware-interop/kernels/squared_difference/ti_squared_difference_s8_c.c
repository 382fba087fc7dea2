/* SPDX-License-Identifier: MIT */
#include "ti_squared_difference.h"

static inline int32_t rescale(int32_t value, int32_t zero_point, int32_t multiplier, int32_t shift)
{
    return ti_multiply_by_quantized_multiplier((value - zero_point) * 128, multiplier, shift);
}

static int32_t pair(const void *params, int32_t a, int32_t b)
{
    const struct ti_squared_difference_s8_params *const p = params;
    const int32_t difference = rescale(a, p->a_zero_point, p->a_multiplier, p->a_shift) -
                               rescale(b, p->b_zero_point, p->b_multiplier, p->b_shift);

    return ti_requantize_s8(difference * difference, p->multiplier, p->shift, p->zero_point, INT8_MIN, INT8_MAX);
}

static bool input_valid(int32_t zero_point, int32_t multiplier, int32_t shift)
{
    return ti_in_range(zero_point, -128, 127) && ti_squared_difference_scale_valid(multiplier, shift);
}

void ti_squared_difference_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_squared_difference_s8_params *const p = params;
    (void)scratch;

    ti_broadcast_s8(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), inputs, outputs[0], pair, p);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_squared_difference_s8_params *const p = step->params;

    return ti_counts(step, 2, 1) && input_valid(p->a_zero_point, p->a_multiplier, p->a_shift) &&
           input_valid(p->b_zero_point, p->b_multiplier, p->b_shift) && ti_multiplier_valid(p->multiplier, p->shift) &&
           ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 1);
}

const struct ti_kernel ti_squared_difference_s8 = {
    .run = ti_squared_difference_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_squared_difference_s8_params),
};
