/* SPDX-License-Identifier: MIT */
#include "ti_rsqrt.h"

#include "../common/ti_inverse_sqrt.h"

enum
{
    PRECISION = 20
};

/* 2^20 / sqrt(x), rounded, of 1..65535. */
static int32_t precise_inverse_sqrt(int32_t x)
{
    const struct ti_inverse_sqrt root = ti_inverse_sqrt(x);
    return ti_multiply_by_quantized_multiplier(1, root.multiplier, root.shift + PRECISION);
}

void ti_rsqrt_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_rsqrt_s16_params *const p = params;
    const int16_t *const input = inputs[0];
    int16_t *const output = outputs[0];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        const int32_t value = input[i] - p->input_zero_point;
        output[i] = value < 1 ? INT16_MAX
                              : ti_requantize_s16(precise_inverse_sqrt(value), p->multiplier, p->shift, p->zero_point,
                                                  INT16_MIN, INT16_MAX);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_rsqrt_s16_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);

    return ti_counts(step, 1, 1) && ti_in_range(p->input_zero_point, INT16_MIN, INT16_MAX) &&
           ti_multiplier_valid(p->multiplier, p->shift) && ti_place_holds(step->input[0], count, 2) &&
           ti_place_holds(step->output[0], count, 2);
}

const struct ti_kernel ti_rsqrt_s16 = {
    .run = ti_rsqrt_s16_c,
    .check = check,
    .params_size = sizeof(struct ti_rsqrt_s16_params),
};
