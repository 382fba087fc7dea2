/* SPDX-License-Identifier: MIT */
#include "ti_add.h"

void ti_add_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_add_s8_params *const p = params;
    const int32_t row = p->dims[TI_BROADCAST_OUTER];
    const int32_t a_step = p->a_strides[TI_BROADCAST_OUTER];
    const int32_t b_step = p->b_strides[TI_BROADCAST_OUTER];
    const int32_t a_multiplier = p->a_multiplier;
    const int32_t b_multiplier = p->b_multiplier;
    const int32_t offset = p->offset;
    const int32_t shift = p->shift;
    const int32_t min = p->min;
    const int32_t max = p->max;
    int8_t *output = outputs[0];
    (void)scratch;

    struct ti_broadcast_walk walk = ti_broadcast_start(p->dims, p->a_strides, p->b_strides);
    do
    {
        const int8_t *a = (const int8_t *)inputs[0] + walk.a;
        const int8_t *b = (const int8_t *)inputs[1] + walk.b;

        for (int32_t n = row; n > 0; n--)
        {
            const int32_t sum = *a * a_multiplier + *b * b_multiplier + offset;

            *output++ = (int8_t)ti_clamp(sum >> shift, min, max);
            a += a_step;
            b += b_step;
        }
    } while (ti_broadcast_next(&walk));
}

static uint64_t magnitude(int32_t value)
{
    return value < 0 ? (uint64_t) - (int64_t)value : (uint64_t)value;
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_add_s8_params *const p = step->params;
    const uint64_t largest = 128U * (magnitude(p->a_multiplier) + magnitude(p->b_multiplier)) + magnitude(p->offset);

    return ti_counts(step, 2, 1) && largest <= INT32_MAX && ti_in_range(p->shift, 0, 30) &&
           ti_clamp_s8_valid(p->min, p->max) && ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 1);
}

const struct ti_kernel ti_add_s8 = {
    .run = ti_add_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_add_s8_params),
};
