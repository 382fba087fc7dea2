/* SPDX-License-Identifier: MIT */
#include "ti_filter.h"

struct ti_filter_view ti_filter_convolution(const struct ti_filter_shape *shape, int32_t y, int32_t x)
{
    const struct ti_taps rows = ti_taps_at(&shape->rows, y);
    const struct ti_taps columns = ti_taps_at(&shape->columns, x);

    if (rows.first >= rows.last || columns.first >= columns.last)
    {
        return (struct ti_filter_view){0};
    }

    const bool dense = shape->columns.dilation == 1 && shape->filter_depth == shape->in_depth;
    const bool merged = dense || shape->filter_depth == 1;
    const int32_t count = columns.last - columns.first;
    const int32_t input_y = rows.origin + rows.first * shape->rows.dilation;
    const int32_t input_x = columns.origin + columns.first * shape->columns.dilation;
    const int32_t input_run = shape->columns.dilation * shape->in_depth;

    return (struct ti_filter_view){
        .patch =
            {
                .rows = rows.last - rows.first,
                .runs = merged ? 1 : count,
                .length = merged ? count * shape->filter_depth : shape->filter_depth,
                .input_row = shape->rows.dilation * shape->columns.in * shape->in_depth,
                .input_run = input_run,
                .weights_row = shape->columns.filter * shape->filter_depth,
                .weights_run = shape->filter_depth,
            },
        .input_step = merged && !dense ? input_run : 1,
        .input = (input_y * shape->columns.in + input_x) * shape->in_depth,
        .weights = (rows.first * shape->columns.filter + columns.first) * shape->filter_depth,
    };
}

/* Input positions first..first+count-1 reach an output position, the first one through `tap`, each further one through
 * the tap `stride` before. */
struct reach
{
    int32_t first;
    int32_t count;
    int32_t tap;
};

static struct reach reach_of(const struct ti_window *window, int32_t position)
{
    const int32_t padded = position + window->pad;
    const int32_t nearest = padded / window->stride;
    const int32_t last = nearest < window->in ? nearest : window->in - 1;
    const int32_t tap = padded - last * window->stride; /* of the last one, the lowest tap */

    if (tap >= window->filter)
    {
        return (struct reach){0};
    }

    const int32_t taps = (window->filter - tap + window->stride - 1) / window->stride;
    const int32_t count = taps < last + 1 ? taps : last + 1;

    return (struct reach){.first = last - count + 1, .count = count, .tap = tap + (count - 1) * window->stride};
}

struct ti_filter_view ti_filter_transposed(const struct ti_filter_shape *shape, int32_t y, int32_t x)
{
    const struct reach rows = reach_of(&shape->rows, y);
    const struct reach columns = reach_of(&shape->columns, x);

    if (rows.count == 0 || columns.count == 0)
    {
        return (struct ti_filter_view){0};
    }

    return (struct ti_filter_view){
        .patch =
            {
                .rows = rows.count,
                .runs = columns.count,
                .length = shape->filter_depth,
                .input_row = shape->columns.in * shape->in_depth,
                .input_run = shape->in_depth,
                .weights_row = -shape->rows.stride * shape->columns.filter * shape->filter_depth,
                .weights_run = -shape->columns.stride * shape->filter_depth,
            },
        .input_step = 1,
        .input = (rows.first * shape->columns.in + columns.first) * shape->in_depth,
        .weights = (rows.tap * shape->columns.filter + columns.tap) * shape->filter_depth,
    };
}

void ti_filter_run(const struct ti_filter_shape *shape, int32_t element, ti_filter_view_fn view,
                   ti_filter_pixel_fn pixel, const void *params, const void *const *inputs, void *output)
{
    const uint8_t *image = inputs[0];
    uint8_t *out = output;

    for (int32_t b = 0; b < shape->batch; b++)
    {
        for (int32_t y = 0; y < shape->rows.out; y++)
        {
            for (int32_t x = 0; x < shape->columns.out; x++)
            {
                const struct ti_filter_view at = view(shape, y, x);
                pixel(params, &at, inputs, image, out);
                out += shape->out_depth * element;
            }
        }
        image += shape->rows.in * shape->columns.in * shape->in_depth * element;
    }
}

bool ti_filter_valid(const struct ti_step_view *step, const struct ti_filter_shape *s, int32_t element, int32_t weight)
{
    if (!ti_window_valid(&s->rows) || !ti_window_valid(&s->columns) || s->in_depth < 1 || s->filter_depth < 1 ||
        s->in_depth % s->filter_depth != 0 || s->out_depth < 1 || s->out_depth % (s->in_depth / s->filter_depth) != 0)
    {
        return false;
    }

    /* Steps to a dilated tap, or to one a stride away, may be longer than the operand: they are computed, never
     * followed, and must not overflow. */
    return ti_elements((const int32_t[]){s->rows.dilation, s->columns.in, s->in_depth}, 3) < TI_HUGE &&
           ti_elements((const int32_t[]){s->columns.dilation, s->in_depth}, 2) < TI_HUGE &&
           ti_elements((const int32_t[]){s->rows.stride, s->columns.filter, s->filter_depth}, 3) < TI_HUGE &&
           ti_elements((const int32_t[]){s->columns.stride, s->filter_depth}, 2) < TI_HUGE &&
           ti_place_holds(step->input[0],
                          ti_elements((const int32_t[]){s->batch, s->rows.in, s->columns.in, s->in_depth}, 4),
                          element) &&
           ti_place_holds(
               step->input[1],
               ti_elements((const int32_t[]){s->out_depth, s->rows.filter, s->columns.filter, s->filter_depth}, 4),
               weight) &&
           ti_place_holds(step->output[0],
                          ti_elements((const int32_t[]){s->batch, s->rows.out, s->columns.out, s->out_depth}, 4),
                          element);
}
