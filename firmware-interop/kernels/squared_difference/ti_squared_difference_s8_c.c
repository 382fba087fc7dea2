/* SPDX-License-Identifier: MIT */
#include "ti_squared_difference.h"

static inline int32_t rescale(int32_t value, int32_t zero_point, int32_t multiplier, int32_t shift)
{
    return ti_multiply_by_quantized_multiplier((value - zero_point) * 128, multiplier, shift);
}

static inline int8_t squared_difference(const struct ti_squared_difference_s8_params *p, int32_t a, int32_t b)
{
    const int32_t difference = rescale(a, p->a_zero_point, p->a_multiplier, p->a_shift) -
                               rescale(b, p->b_zero_point, p->b_multiplier, p->b_shift);

    return ti_requantize_s8(difference * difference, p->multiplier, p->shift, p->zero_point, INT8_MIN, INT8_MAX);
}

static bool input_valid(int32_t zero_point, int32_t multiplier, int32_t shift)
{
    return ti_in_range(zero_point, -128, 127) && ti_in_range(shift, -31, 0) &&
           ti_in_range(multiplier, 0, shift < 0 ? INT32_MAX : INT32_C(1) << 30);
}

void ti_squared_difference_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_squared_difference_s8_params *const p = params;
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
            *output++ = squared_difference(p, *a, *b);
            a += a_step;
            b += b_step;
        }
    } while (ti_broadcast_next(&walk));
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
