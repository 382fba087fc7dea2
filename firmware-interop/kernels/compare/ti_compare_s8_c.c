/* SPDX-License-Identifier: MIT */
#include "../common/ti_requantize.h"
#include "ti_compare.h"

static int32_t real(int32_t value, int32_t zero_point, int32_t multiplier, int32_t shift)
{
    return ti_multiply_by_quantized_multiplier((value - zero_point) * 256, multiplier, shift);
}

static int32_t pair(const void *params, int32_t a, int32_t b)
{
    const struct ti_compare_s8_params *const p = params;
    const int32_t x = real(a, p->a_zero_point, p->a_multiplier, p->a_shift);
    const int32_t y = real(b, p->b_zero_point, p->b_multiplier, p->b_shift);

    return (int32_t)((uint32_t)p->relation >> (x < y ? TI_ORDER_LESS : x > y ? TI_ORDER_GREATER : TI_ORDER_EQUAL)) & 1;
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_compare_s8_params *const p = params;
    (void)scratch;

    ti_broadcast_s8(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), inputs, outputs[0], pair, p);
}

static bool side_valid(int32_t zero_point, int32_t multiplier, int32_t shift)
{
    return ti_in_range(zero_point, -128, 127) && ti_multiplier_valid(multiplier, shift) && shift <= 0;
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_compare_s8_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_in_range(p->relation, 0, 15) &&
           side_valid(p->a_zero_point, p->a_multiplier, p->a_shift) &&
           side_valid(p->b_zero_point, p->b_multiplier, p->b_shift) &&
           ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 1);
}

const struct ti_kernel ti_compare_s8 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_compare_s8_params),
};
