/* SPDX-License-Identifier: MIT */
#include "ti_transpose_conv.h"

static void pixel(const void *params, const struct ti_filter_view *view, const void *const *inputs, const void *image,
                  void *output)
{
    const struct ti_transpose_conv_s8_params *const p = params;
    const int8_t *const input = (const int8_t *)image + view->input;
    const int8_t *weights = (const int8_t *)inputs[1] + view->weights;
    const int32_t *const bias = inputs[2];
    const int32_t *const multiplier = inputs[3];
    const int32_t *const shift = inputs[4];
    const int32_t size = ti_filter_size(&p->shape);
    int8_t *const out = output;
    int32_t o = 0;

    for (; o + 4 <= p->shape.out_depth; o += 4)
    {
        int32_t sums[4] = {bias[o], bias[o + 1], bias[o + 2], bias[o + 3]};
        ti_dot4_s8(sums, &view->patch, input, weights, size, -p->input_zero_point);

        for (int32_t j = 0; j < 4; j++)
        {
            out[o + j] = ti_requantize_s8(sums[j], multiplier[o + j], shift[o + j], p->zero_point, p->min, p->max);
        }
        weights += 4 * size;
    }

    for (; o < p->shape.out_depth; o++)
    {
        const int32_t sum = ti_dot_s8(bias[o], &view->patch, input, weights, -p->input_zero_point);
        out[o] = ti_requantize_s8(sum, multiplier[o], shift[o], p->zero_point, p->min, p->max);
        weights += size;
    }
}

void ti_transpose_conv_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_transpose_conv_s8_params *const p = params;
    (void)scratch;

    ti_filter_run(&p->shape, 1, ti_filter_transposed, pixel, p, inputs, outputs[0]);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_transpose_conv_s8_params *const p = step->params;

    return ti_counts(step, 5, 1) && ti_clamp_s8_valid(p->min, p->max) && ti_in_range(p->input_zero_point, -128, 127) &&
           p->shape.filter_depth == p->shape.in_depth && ti_filter_valid(step, &p->shape, 1, 1) &&
           ti_place_holds(step->input[2], (uint64_t)p->shape.out_depth, 4) &&
           ti_channels_valid(step, 3, p->shape.out_depth);
}

const struct ti_kernel ti_transpose_conv_s8 = {
    .run = ti_transpose_conv_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_transpose_conv_s8_params),
};
