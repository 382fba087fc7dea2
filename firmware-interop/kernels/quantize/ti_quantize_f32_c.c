/* SPDX-License-Identifier: MIT */
#include "ti_quantize.h"

/*
 * round(value / scale), cut to [-limit, limit]. Limit is at most 2^17, so the quotient's fraction is exact when it is
 * taken off, and the comparison with a half decides as round() does.
 */
static inline int32_t quotient(float value, float scale, float limit)
{
    float real = value / scale;
    real = real > -limit ? real : -limit;
    real = real < limit ? real : limit;

    const int32_t whole = (int32_t)real;
    const float fraction = real - (float)whole;
    return whole + (fraction >= 0.5F ? 1 : 0) - (fraction <= -0.5F ? 1 : 0);
}

void ti_quantize_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_quantize_f32_params *const p = params;
    const float *input = inputs[0];
    const float scale = p->scale;
    const int32_t zero_point = p->zero_point;
    (void)scratch;

    if (p->type == TI_TYPE_S8)
    {
        int8_t *output = outputs[0];
        for (int32_t n = p->count; n > 0; n--)
        {
            *output++ = (int8_t)ti_clamp(quotient(*input++, scale, 512.0F) + zero_point, INT8_MIN, INT8_MAX);
        }
    }
    else if (p->type == TI_TYPE_U8)
    {
        uint8_t *output = outputs[0];
        for (int32_t n = p->count; n > 0; n--)
        {
            *output++ = (uint8_t)ti_clamp(quotient(*input++, scale, 512.0F) + zero_point, 0, UINT8_MAX);
        }
    }
    else
    {
        int16_t *output = outputs[0];
        for (int32_t n = p->count; n > 0; n--)
        {
            *output++ = (int16_t)ti_clamp(quotient(*input++, scale, 131072.0F) + zero_point, INT16_MIN, INT16_MAX);
        }
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_quantize_f32_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);
    const bool s16 = p->type == TI_TYPE_S16;

    return ti_counts(step, 1, 1) && (s16 || p->type == TI_TYPE_S8 || p->type == TI_TYPE_U8) &&
           ti_in_range(p->zero_point, INT16_MIN, INT16_MAX) && ti_input_has(step, 0, ti_mul(count, 4)) &&
           ti_output_has(step, 0, ti_mul(count, s16 ? 2 : 1));
}

const struct ti_kernel ti_quantize_f32 = {
    .run = ti_quantize_f32_c,
    .check = check,
    .params_size = sizeof(struct ti_quantize_f32_params),
};
