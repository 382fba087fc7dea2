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

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_binary_f32_params *const p = params;
    const int32_t a_step = p->a_strides[TI_BROADCAST_OUTER];
    const int32_t b_step = p->b_strides[TI_BROADCAST_OUTER];
    float *output = outputs[0];
    (void)scratch;

    struct ti_broadcast_walk walk = ti_broadcast_start(p->dims, p->a_strides, p->b_strides);
    do
    {
        const float *a = (const float *)inputs[0] + walk.a;
        const float *b = (const float *)inputs[1] + walk.b;

        for (int32_t n = p->dims[TI_BROADCAST_OUTER]; n > 0; n--)
        {
            *output++ = ti_clamp_f32(compute(p->operation, *a, *b), p->min, p->max);
            a += a_step;
            b += b_step;
        }
    } while (ti_broadcast_next(&walk));
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
