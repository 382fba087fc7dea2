/* SPDX-License-Identifier: MIT */
#include "ti_conv_2d.h"

static int32_t sum_of(const struct ti_conv_2d_asymmetric_s8_params *p, const struct ti_filter_view *view,
                      const int8_t *input, const int8_t *weights)
{
    const struct ti_patch *const patch = &view->patch;
    int32_t sum = 0;

    for (int32_t row = 0; row < patch->rows; row++)
    {
        for (int32_t run = 0; run < patch->runs; run++)
        {
            const int8_t *x = input + row * patch->input_row + run * patch->input_run;
            const int8_t *w = weights + row * patch->weights_row + run * patch->weights_run;

            for (int32_t n = patch->length; n > 0; n--)
            {
                sum = ti_mac(sum, *x - p->input_zero_point, *w++ - p->weights_zero_point);
                x += view->input_step;
            }
        }
    }
    return sum;
}

static void pixel(const void *params, const struct ti_filter_view *view, const void *const *inputs, const void *image,
                  void *output)
{
    const struct ti_conv_2d_asymmetric_s8_params *const p = params;
    const int8_t *weights = (const int8_t *)inputs[1] + view->weights;
    const int32_t *const bias = inputs[2];
    int8_t *const out = output;

    for (int32_t o = 0; o < p->shape.out_depth; o++)
    {
        const int8_t *const input = (const int8_t *)image + view->input + ti_filter_channel(&p->shape, o);
        const int32_t sum = ti_mac(sum_of(p, view, input, weights), bias[o], 1);

        out[o] = ti_requantize_s8(sum, p->multiplier, p->shift, p->zero_point, p->min, p->max);
        weights += ti_filter_size(&p->shape);
    }
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_conv_2d_asymmetric_s8_params *const p = params;
    (void)scratch;

    ti_filter_run(&p->shape, 1, ti_filter_convolution, pixel, p, inputs, outputs[0]);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_conv_2d_asymmetric_s8_params *const p = step->params;

    return ti_counts(step, 3, 1) && ti_filter_valid(step, &p->shape, 1, 1) &&
           ti_place_holds(step->input[2], ti_mul(1, p->shape.out_depth), 4) &&
           ti_in_range(p->input_zero_point, INT8_MIN, INT8_MAX) &&
           ti_in_range(p->weights_zero_point, INT8_MIN, INT8_MAX) && ti_multiplier_valid(p->multiplier, p->shift) &&
           ti_clamp_s8_valid(p->min, p->max);
}

const struct ti_kernel ti_conv_2d_asymmetric_s8 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_conv_2d_asymmetric_s8_params),
};
