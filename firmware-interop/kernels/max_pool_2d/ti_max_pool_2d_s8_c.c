/* SPDX-License-Identifier: MIT */
#include "ti_max_pool_2d.h"

/* The largest of a `rows` by `columns` patch of one channel; positions of a row are `depth` bytes apart. */
static int32_t largest(const int8_t *input, int32_t rows, int32_t columns, int32_t row, int32_t depth)
{
    int32_t max = INT8_MIN;

    for (int32_t y = 0; y < rows; y++)
    {
        const int8_t *at = input + y * row;

        for (int32_t x = columns; x > 0; x--)
        {
            max = *at > max ? *at : max;
            at += depth;
        }
    }
    return max;
}

void ti_max_pool_2d_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_max_pool_2d_s8_params *const p = params;
    const int32_t row = p->columns.in * p->depth;
    const int8_t *image = inputs[0];
    int8_t *output = outputs[0];
    (void)scratch;

    for (int32_t b = 0; b < p->batch; b++)
    {
        for (int32_t oy = 0; oy < p->rows.out; oy++)
        {
            const struct ti_taps y = ti_taps_at(&p->rows, oy);

            for (int32_t ox = 0; ox < p->columns.out; ox++)
            {
                const struct ti_taps x = ti_taps_at(&p->columns, ox);
                const int8_t *const input = image + (y.origin + y.first) * row + (x.origin + x.first) * p->depth;

                for (int32_t c = 0; c < p->depth; c++)
                {
                    const int32_t max = largest(input + c, y.last - y.first, x.last - x.first, row, p->depth);
                    *output++ = (int8_t)ti_clamp(max, p->min, p->max);
                }
            }
        }
        image += p->rows.in * row;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_max_pool_2d_s8_params *const p = step->params;

    return ti_counts(step, 1, 1) && ti_window_valid(&p->rows) && ti_window_valid(&p->columns) &&
           p->rows.dilation == 1 && p->columns.dilation == 1 && ti_window_never_empty(&p->rows) &&
           ti_window_never_empty(&p->columns) && ti_clamp_s8_valid(p->min, p->max) &&
           ti_input_has(step, 0, ti_elements((const int32_t[]){p->batch, p->rows.in, p->columns.in, p->depth}, 4)) &&
           ti_output_has(step, 0, ti_elements((const int32_t[]){p->batch, p->rows.out, p->columns.out, p->depth}, 4));
}

const struct ti_kernel ti_max_pool_2d_s8 = {
    .run = ti_max_pool_2d_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_max_pool_2d_s8_params),
};
