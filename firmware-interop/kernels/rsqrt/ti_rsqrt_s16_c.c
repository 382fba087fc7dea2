/* SPDX-License-Identifier: MIT */
#include "ti_rsqrt.h"

enum
{
    PRECISION = 20
};

static int32_t saturating_shift(int32_t x, int32_t bits)
{
    const int64_t shifted = (int64_t)x * (INT64_C(1) << bits);
    return shifted > INT32_MAX ? INT32_MAX : shifted < INT32_MIN ? INT32_MIN : (int32_t)shifted;
}

/* 2^20 / sqrt(x), rounded, of 1..65535. */
static int32_t precise_inverse_sqrt(int32_t x)
{
    const int32_t one = INT32_C(1) << 28;
    const int32_t half_sqrt_two = 1518500250; /* Q0.31 */
    int32_t y = one;
    int32_t pairs = 0;

    if (x == 1)
    {
        return INT32_C(1) << PRECISION;
    }

    /* x is brought to [2^27, 2^29) by pairs of bits; halved, it is a Q3.28 in [1/4, 1). */
    while (x << (2 * (pairs + 1)) < INT32_C(1) << 29)
    {
        pairs++;
    }

    const int32_t half = ti_divide_by_pot((x << (2 * pairs)) >> 1, 1);
    for (int32_t i = 0; i < 5; i++)
    {
        const int32_t cube = saturating_shift(ti_high_mul(ti_high_mul(y, y), y), 6);
        y = saturating_shift(ti_high_mul(one + one / 2, y) - ti_high_mul(half, cube), 3);
    }
    y = ti_high_mul(y, half_sqrt_two);

    const int32_t right = 11 - pairs;
    return right < 0 ? ti_multiply_by_quantized_multiplier(1, (int32_t)((uint32_t)y << -right), PRECISION)
                     : ti_multiply_by_quantized_multiplier(1, y, PRECISION - right);
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
