/* SPDX-License-Identifier: MIT */
#include "ti_mul.h"

void ti_mul_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_mul_s8_params *const p = params;
    const int32_t a_zero_point = p->a_zero_point;
    const int32_t b_zero_point = p->b_zero_point;
    const int32_t zero_point = p->zero_point;
    const int32_t multiplier = p->multiplier;
    const int32_t shift = p->shift;
    const int32_t min = p->min;
    const int32_t max = p->max;
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
            const int32_t product = (*a - a_zero_point) * (*b - b_zero_point);

            *output++ = ti_requantize_s8(product, multiplier, shift, zero_point, min, max);
            a += a_step;
            b += b_step;
        }
    } while (ti_broadcast_next(&walk));
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_mul_s8_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_in_range(p->a_zero_point, -128, 127) &&
           ti_in_range(p->b_zero_point, -128, 127) && ti_multiplier_valid(p->multiplier, p->shift) &&
           ti_clamp_s8_valid(p->min, p->max) && ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 1);
}

const struct ti_kernel ti_mul_s8 = {
    .run = ti_mul_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_mul_s8_params),
};
