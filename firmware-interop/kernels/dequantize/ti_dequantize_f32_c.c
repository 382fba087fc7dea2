/* SPDX-License-Identifier: MIT */
#include "ti_dequantize.h"

void ti_dequantize_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_dequantize_f32_params *const p = params;
    const float scale = p->scale;
    const int32_t zero_point = p->zero_point;
    float *output = outputs[0];
    (void)scratch;

    if (p->type == TI_TYPE_S8)
    {
        const int8_t *input = inputs[0];
        for (int32_t n = p->count; n > 0; n--)
        {
            *output++ = scale * (float)(*input++ - zero_point);
        }
    }
    else if (p->type == TI_TYPE_U8)
    {
        const uint8_t *input = inputs[0];
        for (int32_t n = p->count; n > 0; n--)
        {
            *output++ = scale * (float)(*input++ - zero_point);
        }
    }
    else
    {
        const int16_t *input = inputs[0];
        for (int32_t n = p->count; n > 0; n--)
        {
            *output++ = scale * (float)(*input++ - zero_point);
        }
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_dequantize_f32_params *const p = step->params;
    const uint64_t count = ti_elements(&p->count, 1);
    const bool s16 = p->type == TI_TYPE_S16;

    return ti_counts(step, 1, 1) && (s16 || p->type == TI_TYPE_S8 || p->type == TI_TYPE_U8) &&
           ti_in_range(p->zero_point, INT16_MIN, INT16_MAX) && ti_input_has(step, 0, ti_mul(count, s16 ? 2 : 1)) &&
           ti_output_has(step, 0, ti_mul(count, 4));
}

const struct ti_kernel ti_dequantize_f32 = {
    .run = ti_dequantize_f32_c,
    .check = check,
    .params_size = sizeof(struct ti_dequantize_f32_params),
};
