/* SPDX-License-Identifier: MIT */
#include "ti_prelu.h"

static inline int8_t prelu(const struct ti_prelu_s8_params *p, int32_t a, int32_t b)
{
    const int32_t x = a - p->a_zero_point;

    return x >= 0 ? ti_requantize_s8(x, p->identity_multiplier, p->identity_shift, p->zero_point, INT8_MIN, INT8_MAX)
                  : ti_requantize_s8(x * (b - p->b_zero_point), p->slope_multiplier, p->slope_shift, p->zero_point,
                                     INT8_MIN, INT8_MAX);
}

void ti_prelu_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_prelu_s8_params *const p = params;
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
            *output++ = prelu(p, *a, *b);
            a += a_step;
            b += b_step;
        }
    } while (ti_broadcast_next(&walk));
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
