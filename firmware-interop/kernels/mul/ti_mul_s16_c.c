/* SPDX-License-Identifier: MIT */
#include "ti_mul.h"

void ti_mul_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_mul_s16_params *const p = params;
    int16_t *output = outputs[0];
    (void)scratch;

    struct ti_broadcast_walk walk = ti_broadcast_start(p->dims, p->a_strides, p->b_strides);
    do
    {
        const int16_t *a = (const int16_t *)inputs[0] + walk.a;
        const int16_t *b = (const int16_t *)inputs[1] + walk.b;

        for (int32_t n = p->dims[TI_BROADCAST_OUTER]; n > 0; n--)
        {
            *output++ = ti_requantize_s16(*a * *b, p->multiplier, p->shift, 0, p->min, p->max);
            a += p->a_strides[TI_BROADCAST_OUTER];
            b += p->b_strides[TI_BROADCAST_OUTER];
        }
    } while (ti_broadcast_next(&walk));
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
