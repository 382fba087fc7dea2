/* SPDX-License-Identifier: MIT */
#include "ti_div.h"

struct division
{
    const struct ti_div_s8_params *params;
    const int32_t *reciprocals;
};

/* floor(log2(x)); x is 0..255, and 0 counts as 1. */
static int32_t bits(int32_t x)
{
    int32_t count = 0;
    for (; x > 1; x >>= 1)
    {
        count++;
    }
    return count;
}

static int32_t quotient(const struct division *d, int32_t dividend, int32_t divisor)
{
    const int32_t magnitude = dividend < 0 ? -1 - dividend : dividend;
    const int32_t headroom = dividend == 0 ? 31 : magnitude == 0 ? 31 : 30 - bits(magnitude);
    const int32_t raised = (int32_t)((uint32_t)dividend << headroom);
    const int32_t unscaled = ti_high_mul(raised, d->reciprocals[divisor]);
    const int32_t right = bits(divisor) + headroom - d->params->shift;

    return right > 31 ? 0 : ti_divide_by_pot(ti_high_mul(unscaled, d->params->multiplier), right);
}

static int32_t pair(const void *params, int32_t a, int32_t b)
{
    const struct division *const d = params;
    const struct ti_div_s8_params *const p = d->params;
    const int32_t divisor = b - p->b_zero_point;
    const int32_t dividend = divisor < 0 ? p->a_zero_point - a : a - p->a_zero_point;
    const int32_t result = divisor == 0 ? 0 : quotient(d, dividend, divisor < 0 ? -divisor : divisor);

    return (int8_t)ti_clamp(result + p->zero_point, p->min, p->max);
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_div_s8_params *const p = params;
    const struct division division = {.params = p, .reciprocals = inputs[2]};
    (void)scratch;

    ti_broadcast_s8(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), inputs, outputs[0], pair, &division);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_div_s8_params *const p = step->params;

    return ti_counts(step, 3, 1) && ti_in_range(p->a_zero_point, INT8_MIN, INT8_MAX) &&
           ti_in_range(p->b_zero_point, INT8_MIN, INT8_MAX) && ti_in_range(p->zero_point, INT8_MIN, INT8_MAX) &&
           p->multiplier >= 0 && ti_in_range(p->shift, -31, 22) && ti_clamp_s8_valid(p->min, p->max) &&
           ti_constant(step, 2) != NULL && ti_place_holds(step->input[2], 256, 4) &&
           ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, 1);
}

const struct ti_kernel ti_div_s8 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_div_s8_params),
};
