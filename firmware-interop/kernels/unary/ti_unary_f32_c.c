/* SPDX-License-Identifier: MIT */
#include "ti_unary.h"

static float nearest(float x)
{
    const float whole = ti_floorf(x);
    const float rest = x - whole;
    return rest > 0.5F || (rest == 0.5F && (int32_t)whole % 2 != 0) ? whole + 1 : whole;
}

static float hard_swish(float x)
{
    const float ramp = x + 3 > 0 ? x + 3 : 0;
    return x * (ramp < 6 ? ramp : 6) / 6;
}

static float compute(int32_t operation, float x)
{
    switch (operation)
    {
    case TI_UNARY_ABS:
        return x < 0 ? -x : x == 0 ? 0 : x;
    case TI_UNARY_NEG:
        return -x;
    case TI_UNARY_EXP:
        return ti_expf(x);
    case TI_UNARY_LOG:
        return ti_logf(x);
    case TI_UNARY_SQRT:
        return ti_sqrtf(x);
    case TI_UNARY_RSQRT:
        return 1 / ti_sqrtf(x);
    case TI_UNARY_SQUARE:
        return x * x;
    case TI_UNARY_SIN:
        return ti_sinf(x);
    case TI_UNARY_COS:
        return ti_cosf(x);
    case TI_UNARY_CEIL:
        return -ti_floorf(-x);
    case TI_UNARY_FLOOR:
        return ti_floorf(x);
    case TI_UNARY_ROUND:
        return nearest(x);
    case TI_UNARY_ELU:
        return x < 0 ? ti_expm1f(x) : x;
    default:
        return hard_swish(x);
    }
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_unary_f32_params *const p = params;
    const float *const input = inputs[0];
    float *const output = outputs[0];
    (void)scratch;

    for (int32_t i = 0; i < p->count; i++)
    {
        output[i] = compute(p->operation, input[i]);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_unary_f32_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);

    return ti_counts(step, 1, 1) && ti_in_range(p->operation, TI_UNARY_ABS, TI_UNARY_HARD_SWISH) &&
           ti_place_holds(step->input[0], count, 4) && ti_place_holds(step->output[0], count, 4);
}

const struct ti_kernel ti_unary_f32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_unary_f32_params),
};
