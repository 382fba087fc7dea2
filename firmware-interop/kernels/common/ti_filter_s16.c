/* SPDX-License-Identifier: MIT */
#include "ti_filter_s16.h"

/* The sum over a patch: less than 2^31 products of 2^22 at most. */
static int64_t sum_of(const struct ti_filter_view *view, const int16_t *input, const int8_t *weights)
{
    const struct ti_patch *const patch = &view->patch;
    const int32_t step = view->input_step;
    int64_t sum = 0;

    for (int32_t row = 0; row < patch->rows; row++)
    {
        for (int32_t run = 0; run < patch->runs; run++)
        {
            const int16_t *x = input + row * patch->input_row + run * patch->input_run;
            const int8_t *w = weights + row * patch->weights_row + run * patch->weights_run;

            for (int32_t n = patch->length; n > 0; n--)
            {
                sum += *x * *w++;
                x += step;
            }
        }
    }
    return sum;
}

/* Wraps, because nothing is known of the bias of a damaged image. */
static int64_t plus_bias(int64_t sum, const int32_t *words)
{
    const uint64_t bias = (uint64_t)(uint32_t)words[1] << 32 | (uint32_t)words[0];
    return (int64_t)((uint64_t)sum + bias);
}

void ti_filter_pixel_s16(const struct ti_filter_shape *shape, const struct ti_filter_output *to,
                         const struct ti_filter_view *view, const void *const *inputs, const int16_t *image,
                         int16_t *output)
{
    const int8_t *weights = (const int8_t *)inputs[1] + view->weights;
    const int32_t *const bias = inputs[2];
    const int32_t *const multiplier = inputs[3];
    const int32_t *const shift = inputs[4];
    const int32_t size = ti_filter_size(shape);

    for (int32_t o = 0; o < shape->out_depth; o++)
    {
        const int64_t sum = sum_of(view, image + view->input + ti_filter_channel(shape, o), weights);
        const int64_t total = plus_bias(sum, bias + 2 * o);
        const int32_t scaled =
            to->wide ? ti_multiply_wide(total, multiplier[o], shift[o])
                     : ti_multiply_by_quantized_multiplier((int32_t)(uint32_t)total, multiplier[o], shift[o]);

        output[o] = (int16_t)ti_clamp(scaled, to->min, to->max);
        weights += size;
    }
}

bool ti_filter_valid_s16(const struct ti_step_view *step, const struct ti_filter_shape *shape,
                         const struct ti_filter_output *to)
{
    return ti_counts(step, 5, 1) && ti_in_range(to->wide, 0, 1) && ti_clamp_s16_valid(to->min, to->max) &&
           ti_filter_valid(step, shape, 2, 1) && ti_place_holds(step->input[2], (uint64_t)shape->out_depth * 2, 4) &&
           (to->wide ? ti_wide_channels_valid(step, 3, shape->out_depth)
                     : ti_channels_valid(step, 3, shape->out_depth));
}
