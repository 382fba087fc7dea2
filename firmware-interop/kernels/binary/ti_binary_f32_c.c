/* SPDX-License-Identifier: MIT */
#include "ti_binary.h"

/* The quotient is rounded to float once, after its fraction is dropped. */
static float floor_div(float a, float b)
{
    const double quotient = (double)a / (double)b;

    if (!(quotient > -4503599627370496.0 && quotient < 4503599627370496.0)) /* 2^52: whole numbers only */
    {
        return (float)quotient;
    }

    const double whole = (double)(int64_t)quotient;
    return (float)(whole > quotient ? whole - 1 : whole == quotient ? quotient : whole);
}

static float floor_mod(float a, float b)
{
    const float rest = b == 0 ? (b - b) / b : ti_fmodf(a, b);
    return rest != 0 && (b < 0) != (rest < 0) ? rest + b : rest;
}

static float compute(int32_t operation, float a, float b)
{
    switch (operation)
    {
    case TI_BINARY_DIV:
        return a / b;
    case TI_BINARY_MAX:
        return a > b ? a : b;
    case TI_BINARY_MIN:
        return a < b ? a : b;
    case TI_BINARY_PRELU:
        return a >= 0 ? a : a * b;
    case TI_BINARY_SQUARED_DIFFERENCE:
        return (a - b) * (a - b);
    case TI_BINARY_FLOOR_DIV:
        return floor_div(a, b);
    default:
        return floor_mod(a, b);
    }
}

static float pair(const void *params, float a, float b)
{
    const struct ti_binary_f32_params *const p = params;
    return ti_clamp_f32(compute(p->operation, a, b), p->min, p->max);
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_binary_f32_params *const p = params;
    (void)scratch;

    ti_broadcast_f32(ti_broadcast_start(p->dims, p->a_strides, p->b_strides), inputs, outputs[0], pair, p);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_binary_f32_params *const p = step->params;

    return ti_counts(step, 2, 1) && ti_in_range(p->operation, TI_BINARY_DIV, TI_BINARY_FLOOR_MOD) &&
           ti_broadcast_valid(step, p->dims, p->a_strides, p->b_strides, sizeof(float));
}

const struct ti_kernel ti_binary_f32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_binary_f32_params),
};
