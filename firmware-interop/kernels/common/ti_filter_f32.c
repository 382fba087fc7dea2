/* SPDX-License-Identifier: MIT */
#include "ti_filter_f32.h"

#include <string.h>

#include "ti_dot_f32.h"

/* The sums of one output channel, or of FOUR that read the same inputs and whose weights are `size` apart. */
enum
{
    FOUR = 4
};

static void sums_of(const struct ti_filter_view *view, const float *input, const float *weights, int32_t size,
                    int32_t count, float sums[FOUR])
{
    const struct ti_patch *const patch = &view->patch;

    memset(sums, 0, FOUR * sizeof *sums);
    for (int32_t row = 0; row < patch->rows; row++)
    {
        for (int32_t run = 0; run < patch->runs; run++)
        {
            const float *const x = input + row * patch->input_row + run * patch->input_run;
            const float *const w = weights + row * patch->weights_row + run * patch->weights_run;

            if (count == FOUR)
            {
                ti_dot4_f32(sums, x, view->input_step, w, size, patch->length);
            }
            else
            {
                sums[0] = ti_dot_f32(sums[0], x, view->input_step, w, patch->length);
            }
        }
    }
}

void ti_filter_pixel_f32(const struct ti_filter_shape *shape, const struct ti_filter_range *to,
                         const struct ti_filter_view *view, const void *const *inputs, const float *image,
                         float *output)
{
    const float *weights = (const float *)inputs[1] + view->weights;
    const float *const bias = inputs[2];
    const int32_t size = ti_filter_size(shape);
    const int32_t of_group = shape->out_depth / (shape->in_depth / shape->filter_depth);
    const float *input = image + view->input;

    for (int32_t end = of_group, o = 0; o < shape->out_depth; end += of_group, input += shape->filter_depth)
    {
        while (o < end)
        {
            float sums[FOUR];
            const int32_t count = end - o < FOUR ? 1 : FOUR;

            sums_of(view, input, weights, size, count, sums);
            for (int32_t i = 0; i < count; i++)
            {
                output[o + i] = ti_clamp_f32(sums[i] + bias[o + i], to->min, to->max);
            }
            weights += count * size;
            o += count;
        }
    }
}

bool ti_filter_valid_f32(const struct ti_step_view *step, const struct ti_filter_shape *shape)
{
    return ti_counts(step, 3, 1) && ti_filter_valid(step, shape, 4, 4) &&
           ti_place_holds(step->input[2], (uint64_t)shape->out_depth, 4);
}
