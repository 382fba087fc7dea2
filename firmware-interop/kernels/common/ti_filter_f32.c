/* SPDX-License-Identifier: MIT */
#include "ti_filter_f32.h"

static float sum_of(const struct ti_filter_view *view, const float *input, const float *weights)
{
    const struct ti_patch *const patch = &view->patch;
    const int32_t step = view->input_step;
    float sum = 0;

    for (int32_t row = 0; row < patch->rows; row++)
    {
        for (int32_t run = 0; run < patch->runs; run++)
        {
            const float *x = input + row * patch->input_row + run * patch->input_run;
            const float *w = weights + row * patch->weights_row + run * patch->weights_run;

            for (int32_t n = patch->length; n > 0; n--)
            {
                sum += *x * *w++;
                x += step;
            }
        }
    }
    return sum;
}

void ti_filter_pixel_f32(const struct ti_filter_shape *shape, const struct ti_filter_range *to,
                         const struct ti_filter_view *view, const void *const *inputs, const float *image,
                         float *output)
{
    const float *weights = (const float *)inputs[1] + view->weights;
    const float *const bias = inputs[2];
    const int32_t size = ti_filter_size(shape);

    for (int32_t o = 0; o < shape->out_depth; o++)
    {
        const float sum = sum_of(view, image + view->input + ti_filter_channel(shape, o), weights);
        output[o] = ti_clamp_f32(sum + bias[o], to->min, to->max);
        weights += size;
    }
}

bool ti_filter_valid_f32(const struct ti_step_view *step, const struct ti_filter_shape *shape)
{
    return ti_counts(step, 3, 1) && ti_filter_valid(step, shape, 4, 4) &&
           ti_place_holds(step->input[2], (uint64_t)shape->out_depth, 4);
}
