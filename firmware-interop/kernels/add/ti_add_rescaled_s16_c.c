/* SPDX-License-Identifier: MIT */
#include "ti_add.h"

enum
{
    LEFT_SHIFT = 15
};

void ti_add_rescaled_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_add_rescaled_s16_params *const p = params;
    int16_t *output = outputs[0];
    (void)scratch;

    struct ti_broadcast_walk walk = ti_broadcast_start(p->dims, p->a_strides, p->b_strides);
    do
    {
        const int16_t *a = (const int16_t *)inputs[0] + walk.a;
        const int16_t *b = (const int16_t *)inputs[1] + walk.b;

        for (int32_t n = p->dims[TI_BROADCAST_OUTER]; n > 0; n--)
        {
            const int32_t sum =
                ti_mac(ti_add_term(*a, p->a_zero_point, LEFT_SHIFT, p->a_multiplier, p->a_shift), p->sign,
                       ti_add_term(*b, p->b_zero_point, LEFT_SHIFT, p->b_multiplier, p->b_shift));

            *output++ = ti_requantize_s16(sum, p->multiplier, p->shift, p->zero_point, p->min, p->max);
            a += p->a_strides[TI_BROADCAST_OUTER];
            b += p->b_strides[TI_BROADCAST_OUTER];
        }
    } while (ti_broadcast_next(&walk));
}

static bool input_valid(int32_t zero_point, int32_t multiplier, int32_t shift)
{
    return ti_in_range(zero_point, INT16_MIN, INT16_MAX) && ti_add_scale_valid(multiplier, shift);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_add_rescaled_s16_params *const p = step->params;

    return ti_counts(step, 2, 1) && (p->sign == 1 || p->sign == -1) &&
           input_valid(p->a_zero_point, p->a_multiplier, p->a_shift) &&
           input_valid(p->b_zero_point, p->b_multiplier, p->b_shift) && ti_add_scale_valid(p->multiplier, p->shift) &&
           ti_clamp_s16_valid(p->min, p->max) && ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 2);
}

const struct ti_kernel ti_add_rescaled_s16 = {
    .run = ti_add_rescaled_s16_c,
    .check = check,
    .params_size = sizeof(struct ti_add_rescaled_s16_params),
};
