/* SPDX-License-Identifier: MIT */
#include "ti_depthwise_conv_2d.h"

#include "ti_depthwise_sum.h"

/* What one output pixel reads, and where it starts: in an image of the input and in the weights. */
struct view
{
    struct ti_depthwise_patch patch;
    int32_t input;
    int32_t weights;
};

static struct view view_at(const struct ti_depthwise_conv_2d_s8_params *p, struct ti_taps y, struct ti_taps x)
{
    if (y.first >= y.last || x.first >= x.last)
    {
        return (struct view){0};
    }

    const int32_t out_depth = p->in_depth * p->depth_multiplier;
    const int32_t input_y = y.origin + y.first * p->rows.dilation;
    const int32_t input_x = x.origin + x.first * p->columns.dilation;

    return (struct view){
        .patch =
            {
                .rows = y.last - y.first,
                .columns = x.last - x.first,
                .input_row = p->rows.dilation * p->columns.in * p->in_depth,
                .input_column = p->columns.dilation * p->in_depth,
                .weights_row = p->columns.filter * out_depth,
                .weights_column = out_depth,
            },
        .input = (input_y * p->columns.in + input_x) * p->in_depth,
        .weights = (y.first * p->columns.filter + x.first) * out_depth,
    };
}

/* All output channels of one pixel. */
static void pixel(const struct ti_depthwise_conv_2d_s8_params *p, const struct view *view, const void *const *inputs,
                  const int8_t *image, int8_t *output)
{
    const int8_t *const input = image + view->input;
    const int8_t *const weights = (const int8_t *)inputs[1] + view->weights;
    const int32_t *const bias = inputs[2];
    const int32_t *const multiplier = inputs[3];
    const int32_t *const shift = inputs[4];
    const int32_t offset = -p->input_zero_point;
    int32_t o = 0;

    for (; p->depth_multiplier == 1 && o + 4 <= p->in_depth; o += 4)
    {
        int32_t sums[4] = {bias[o], bias[o + 1], bias[o + 2], bias[o + 3]};
        ti_depthwise_sum4_s8(sums, &view->patch, input + o, weights + o, offset);

        for (int32_t j = 0; j < 4; j++)
        {
            output[o + j] = ti_requantize_s8(sums[j], multiplier[o + j], shift[o + j], p->zero_point, p->min, p->max);
        }
    }

    for (int32_t i = o; i < p->in_depth; i++)
    {
        for (int32_t m = 0; m < p->depth_multiplier; m++, o++)
        {
            const int32_t sum = ti_depthwise_sum_s8(bias[o], &view->patch, input + i, weights + o, offset);
            output[o] = ti_requantize_s8(sum, multiplier[o], shift[o], p->zero_point, p->min, p->max);
        }
    }
}

void ti_depthwise_conv_2d_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_depthwise_conv_2d_s8_params *const p = params;
    const int8_t *image = inputs[0];
    int8_t *output = outputs[0];
    (void)scratch;

    for (int32_t b = 0; b < p->batch; b++)
    {
        for (int32_t y = 0; y < p->rows.out; y++)
        {
            const struct ti_taps row = ti_taps_at(&p->rows, y);

            for (int32_t x = 0; x < p->columns.out; x++)
            {
                const struct view view = view_at(p, row, ti_taps_at(&p->columns, x));
                pixel(p, &view, inputs, image, output);
                output += p->in_depth * p->depth_multiplier;
            }
        }
        image += p->rows.in * p->columns.in * p->in_depth;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_depthwise_conv_2d_s8_params *const p = step->params;

    if (!ti_counts(step, 5, 1) || !ti_window_valid(&p->rows) || !ti_window_valid(&p->columns) ||
        !ti_clamp_s8_valid(p->min, p->max) || !ti_in_range(p->input_zero_point, -128, 127) ||
        ti_elements((const int32_t[]){p->in_depth, p->depth_multiplier}, 2) == TI_HUGE)
    {
        return false;
    }

    const int32_t out_depth = p->in_depth * p->depth_multiplier;

    /* The step to a dilated tap may be longer than the input: it is computed, never followed, and must not overflow. */
    return ti_elements((const int32_t[]){p->rows.dilation, p->columns.in, p->in_depth}, 3) < TI_HUGE &&
           ti_elements((const int32_t[]){p->columns.dilation, p->in_depth}, 2) < TI_HUGE &&
           ti_input_has(step, 0, ti_elements((const int32_t[]){p->batch, p->rows.in, p->columns.in, p->in_depth}, 4)) &&
           ti_input_has(step, 1, ti_elements((const int32_t[]){p->rows.filter, p->columns.filter, out_depth}, 3)) &&
           ti_place_holds(step->input[2], (uint64_t)out_depth, 4) && ti_channels_valid(step, 3, out_depth) &&
           ti_output_has(step, 0, ti_elements((const int32_t[]){p->batch, p->rows.out, p->columns.out, out_depth}, 4));
}

const struct ti_kernel ti_depthwise_conv_2d_s8 = {
    .run = ti_depthwise_conv_2d_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_depthwise_conv_2d_s8_params),
};
