/* SPDX-License-Identifier: MIT */
#include "ti_lce_bconv.h"

static void row_words(const struct ti_lce_dequantize_params *p, const uint32_t *input, int32_t *output)
{
    for (int32_t c = 0; c < p->channels; c++)
    {
        output[c] = ((input[c / 32] >> (c % 32)) & 1U) != 0 ? p->one : p->zero;
    }
}

static void row_bytes(const struct ti_lce_dequantize_params *p, const uint32_t *input, int8_t *output)
{
    for (int32_t c = 0; c < p->channels; c++)
    {
        output[c] = (int8_t)(((input[c / 32] >> (c % 32)) & 1U) != 0 ? p->one : p->zero);
    }
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_lce_dequantize_params *const p = params;
    const uint32_t *input = inputs[0];
    (void)scratch;

    for (int32_t row = 0; row < p->rows; row++)
    {
        if (p->type == TI_TYPE_F32)
        {
            row_words(p, input, (int32_t *)outputs[0] + row * p->channels);
        }
        else
        {
            row_bytes(p, input, (int8_t *)outputs[0] + row * p->channels);
        }
        input += ti_lce_words(p->channels);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_lce_dequantize_params *const p = step->params;
    const bool f32 = p->type == TI_TYPE_F32;

    return ti_counts(step, 1, 1) &&
           (f32 || ((p->type == TI_TYPE_S8 || p->type == TI_TYPE_BOOL) && ti_in_range(p->zero, INT8_MIN, INT8_MAX) &&
                    ti_in_range(p->one, INT8_MIN, INT8_MAX))) &&
           p->channels >= 1 && p->channels <= INT32_MAX - 32 &&
           ti_place_holds(step->input[0], ti_elements((const int32_t[]){p->rows, ti_lce_words(p->channels)}, 2), 4) &&
           ti_place_holds(step->output[0], ti_elements((const int32_t[]){p->rows, p->channels}, 2), f32 ? 4 : 1);
}

const struct ti_kernel ti_lce_dequantize = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_lce_dequantize_params),
};
