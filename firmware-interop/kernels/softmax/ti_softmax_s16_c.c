/* SPDX-License-Identifier: MIT */
#include "ti_softmax.h"

#include "../common/ti_lut_s16.h"

static int16_t exp_of(const struct ti_softmax_s16_params *p, int32_t difference, const int16_t *table)
{
    const int32_t scaled = ti_multiply_by_quantized_multiplier(difference, p->multiplier, p->shift);
    return ti_lut_s16_at(table, ti_clamp(ti_mac(scaled, INT16_MAX, 1), INT16_MIN, INT16_MAX));
}

static int32_t top_bit(int32_t positive)
{
    int32_t bit = 30;
    while (positive >> bit == 0)
    {
        bit--;
    }
    return bit;
}

static void row_of(const struct ti_softmax_s16_params *p, const int16_t *input, const void *const *inputs,
                   int16_t *output)
{
    int32_t largest = INT16_MIN;
    int32_t sum = 0;

    for (int32_t c = 0; c < p->depth; c++)
    {
        largest = input[c] > largest ? input[c] : largest;
    }
    for (int32_t c = 0; c < p->depth; c++)
    {
        output[c] = exp_of(p, input[c] - largest, inputs[1]);
        sum += output[c];
    }

    /* A good table makes the sum at least exp(0). It becomes 1.x * 2^bits, and x the argument of the reciprocal. */
    sum = sum < 2 ? 2 : sum;
    const int32_t bits = top_bit(sum);
    const int32_t fraction = (int32_t)((((int64_t)sum << (30 - bits)) + (1 << 13)) >> 14) - (1 << 16) - (1 << 15);
    const int32_t reciprocal = ti_lut_s16_at(inputs[2], ti_clamp(fraction, INT16_MIN, INT16_MAX));

    for (int32_t c = 0; c < p->depth; c++)
    {
        const int32_t rounded = (output[c] * reciprocal + (INT32_C(1) << (bits - 1))) >> bits;
        output[c] = (int16_t)ti_clamp(rounded, 0, INT16_MAX);
    }
}

void ti_softmax_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_softmax_s16_params *const p = params;
    (void)scratch;

    for (int32_t r = 0; r < p->rows; r++)
    {
        row_of(p, (const int16_t *)inputs[0] + r * p->depth, inputs, (int16_t *)outputs[0] + r * p->depth);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_softmax_s16_params *const p = step->params;
    const uint64_t count = ti_elements((const int32_t[]){p->rows, p->depth}, 2);

    return ti_counts(step, 3, 1) && ti_in_range(p->depth, 1, UINT16_MAX) &&
           ti_multiplier_valid(p->multiplier, p->shift) && ti_lut_s16_valid(step, 1) && ti_lut_s16_valid(step, 2) &&
           ti_place_holds(step->input[0], count, 2) && ti_place_holds(step->output[0], count, 2);
}

const struct ti_kernel ti_softmax_s16 = {
    .run = ti_softmax_s16_c,
    .check = check,
    .params_size = sizeof(struct ti_softmax_s16_params),
};
