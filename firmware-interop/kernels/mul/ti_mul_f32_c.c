/* SPDX-License-Identifier: MIT */
#include "ti_mul.h"

void ti_mul_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_mul_f32_params *const p = params;
    float *output = outputs[0];
    (void)scratch;

    struct ti_broadcast_walk walk = ti_broadcast_start(p->dims, p->a_strides, p->b_strides);
    do
    {
        const float *a = (const float *)inputs[0] + walk.a;
        const float *b = (const float *)inputs[1] + walk.b;

        for (int32_t n = p->dims[TI_BROADCAST_OUTER]; n > 0; n--)
        {
            *output++ = ti_clamp_f32(*a * *b, p->min, p->max);
            a += p->a_strides[TI_BROADCAST_OUTER];
            b += p->b_strides[TI_BROADCAST_OUTER];
        }
    } while (ti_broadcast_next(&walk));
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
