/* SPDX-License-Identifier: MIT */
#include "ti_lce_bconv.h"

static uint32_t bits_s8(const int8_t *input, int32_t count, int32_t zero_point)
{
    uint32_t word = 0;

    for (int32_t i = count - 1; i >= 0; i--)
    {
        word = (word << 1) | (input[i] < zero_point ? 1U : 0U);
    }
    return word;
}

static uint32_t bits_bool(const uint8_t *input, int32_t count)
{
    uint32_t word = 0;

    for (int32_t i = count - 1; i >= 0; i--)
    {
        word = (word << 1) | (input[i] == 0 ? 1U : 0U);
    }
    return word;
}

static uint32_t bits_f32(const float *input, int32_t count)
{
    uint32_t word = 0;

    for (int32_t i = count - 1; i >= 0; i--)
    {
        word = (word << 1) | (input[i] < 0.0F ? 1U : 0U);
    }
    return word;
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_lce_quantize_params *const p = params;
    uint32_t *output = outputs[0];
    (void)scratch;

    for (int32_t row = 0; row < p->rows; row++)
    {
        for (int32_t c = 0; c < p->channels; c += 32)
        {
            const int32_t at = row * p->channels + c;
            const int32_t count = p->channels - c < 32 ? p->channels - c : 32;

            *output++ = p->type == TI_TYPE_S8     ? bits_s8((const int8_t *)inputs[0] + at, count, p->zero_point)
                        : p->type == TI_TYPE_BOOL ? bits_bool((const uint8_t *)inputs[0] + at, count)
                                                  : bits_f32((const float *)inputs[0] + at, count);
        }
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_lce_quantize_params *const p = step->params;
    const bool f32 = p->type == TI_TYPE_F32;

    return ti_counts(step, 1, 1) && (f32 || p->type == TI_TYPE_S8 || p->type == TI_TYPE_BOOL) && p->channels >= 1 &&
           p->channels <= INT32_MAX - 32 && ti_in_range(p->zero_point, INT8_MIN, INT8_MAX) &&
           ti_place_holds(step->input[0], ti_elements((const int32_t[]){p->rows, p->channels}, 2), f32 ? 4 : 1) &&
           ti_place_holds(step->output[0], ti_elements((const int32_t[]){p->rows, ti_lce_words(p->channels)}, 2), 4);
}

const struct ti_kernel ti_lce_quantize = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_lce_quantize_params),
};
