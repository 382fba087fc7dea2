/* SPDX-License-Identifier: MIT */
#include "ti_max_pool_2d.h"

#include <float.h>

static void pixel(const void *params, const struct ti_pool_view *view, const void *input, void *output)
{
    const struct ti_max_pool_2d_f32_params *const p = params;
    float *const out = output;

    for (int32_t c = 0; c < view->depth; c++)
    {
        float largest = -FLT_MAX;

        for (int32_t y = 0; y < view->rows; y++)
        {
            const float *at = (const float *)input + c + y * view->row;

            for (int32_t x = view->columns; x > 0; x--)
            {
                largest = *at > largest ? *at : largest;
                at += view->depth;
            }
        }

        out[c] = ti_clamp_f32(largest, p->min, p->max);
    }
}

void ti_max_pool_2d_f32_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_max_pool_2d_f32_params *const p = params;
    (void)scratch;

    ti_pool_run(&p->shape, 4, pixel, p, inputs[0], outputs[0]);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_max_pool_2d_f32_params *const p = step->params;

    return ti_pool_valid(step, &p->shape, 4);
}

const struct ti_kernel ti_max_pool_2d_f32 = {
    .run = ti_max_pool_2d_f32_c,
    .check = check,
    .params_size = sizeof(struct ti_max_pool_2d_f32_params),
};
