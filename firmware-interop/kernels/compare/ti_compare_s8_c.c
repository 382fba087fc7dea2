/* SPDX-License-Identifier: MIT */
#include "../common/ti_requantize.h"
#include "ti_compare.h"

static int32_t real(int32_t value, int32_t zero_point, int32_t multiplier, int32_t shift)
{
    return ti_multiply_by_quantized_multiplier((value - zero_point) * 256, multiplier, shift);
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_compare_s8_params *const p = params;
    const int32_t a_step = p->a_strides[TI_BROADCAST_OUTER];
    const int32_t b_step = p->b_strides[TI_BROADCAST_OUTER];
    uint8_t *output = outputs[0];
    (void)scratch;

    struct ti_broadcast_walk walk = ti_broadcast_start(p->dims, p->a_strides, p->b_strides);
    do
    {
        const int8_t *a = (const int8_t *)inputs[0] + walk.a;
        const int8_t *b = (const int8_t *)inputs[1] + walk.b;

        for (int32_t n = p->dims[TI_BROADCAST_OUTER]; n > 0; n--)
        {
            const int32_t x = real(*a, p->a_zero_point, p->a_multiplier, p->a_shift);
            const int32_t y = real(*b, p->b_zero_point, p->b_multiplier, p->b_shift);

            *output++ = (uint8_t)(p->relation >> (x < y   ? TI_ORDER_LESS
                                                  : x > y ? TI_ORDER_GREATER
                                                          : TI_ORDER_EQUAL)) &
                        1U;
            a += a_step;
            b += b_step;
        }
    } while (ti_broadcast_next(&walk));
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
