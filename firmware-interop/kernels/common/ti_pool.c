/* SPDX-License-Identifier: MIT */
#include "ti_pool.h"

void ti_pool_run(const struct ti_pool_shape *shape, int32_t element, ti_pool_fn pixel, const void *params,
                 const void *input, void *output)
{
    const int32_t row = shape->columns.in * shape->depth;
    const uint8_t *image = input;
    uint8_t *out = output;

    for (int32_t b = 0; b < shape->batch; b++)
    {
        for (int32_t oy = 0; oy < shape->rows.out; oy++)
        {
            const struct ti_taps y = ti_taps_at(&shape->rows, oy);

            for (int32_t ox = 0; ox < shape->columns.out; ox++)
            {
                const struct ti_taps x = ti_taps_at(&shape->columns, ox);
                const int32_t first = (y.origin + y.first) * row + (x.origin + x.first) * shape->depth;
                const struct ti_pool_view view = {
                    .rows = y.last - y.first, .columns = x.last - x.first, .row = row, .depth = shape->depth};

                pixel(params, &view, image + first * element, out);
                out += shape->depth * element;
            }
        }
        image += shape->rows.in * row * element;
    }
}

bool ti_pool_valid(const struct ti_step_view *step, const struct ti_pool_shape *s, int32_t element)
{
    return ti_counts(step, 1, 1) && ti_window_valid(&s->rows) && ti_window_valid(&s->columns) &&
           s->rows.dilation == 1 && s->columns.dilation == 1 && ti_window_never_empty(&s->rows) &&
           ti_window_never_empty(&s->columns) &&
           ti_place_holds(step->input[0],
                          ti_elements((const int32_t[]){s->batch, s->rows.in, s->columns.in, s->depth}, 4), element) &&
           ti_place_holds(step->output[0],
                          ti_elements((const int32_t[]){s->batch, s->rows.out, s->columns.out, s->depth}, 4), element);
}
