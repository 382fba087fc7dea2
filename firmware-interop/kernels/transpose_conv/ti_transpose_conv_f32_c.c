/* SPDX-License-Identifier: MIT */
#include "ti_transpose_conv.h"

static void pixel(const void *params, const struct ti_filter_view *view, const void *const *inputs, const void *image,
                  void *output)
{
    const struct ti_transpose_conv_f32_params *const p = params;
    ti_filter_pixel_f32(&p->shape, &p->to, view, inputs, image, output);
}

void ti_transpose_conv_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_transpose_conv_f32_params *const p = params;
    (void)scratch;

    ti_filter_run(&p->shape, 4, ti_filter_transposed, pixel, p, inputs, outputs[0]);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_transpose_conv_f32_params *const p = step->params;

    return ti_filter_valid_f32(step, &p->shape);
}

const struct ti_kernel ti_transpose_conv_f32 = {
    .run = ti_transpose_conv_f32_c,
    .check = check,
    .params_size = sizeof(struct ti_transpose_conv_f32_params),
};
