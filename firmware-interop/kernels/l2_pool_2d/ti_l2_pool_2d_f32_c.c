/* SPDX-License-Identifier: MIT */
#include "ti_l2_pool_2d.h"

#include "../common/ti_float.h"

static void pixel(const void *params, const struct ti_pool_view *view, const void *input, void *output)
{
    const struct ti_l2_pool_2d_f32_params *const p = params;
    float *const out = output;

    for (int32_t c = 0; c < view->depth; c++)
    {
        const int32_t count = view->rows * view->columns;
        float sum = 0;

        for (int32_t y = 0; y < view->rows; y++)
        {
            const float *at = (const float *)input + c + y * view->row;

            for (int32_t x = view->columns; x > 0; x--)
            {
                sum += *at * *at;
                at += view->depth;
            }
        }

        out[c] = ti_clamp_f32(ti_sqrtf(sum / (float)count), p->min, p->max);
    }
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_l2_pool_2d_f32_params *const p = params;
    (void)scratch;

    ti_pool_run(&p->shape, 4, pixel, p, inputs[0], outputs[0]);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_l2_pool_2d_f32_params *const p = step->params;

    return ti_pool_valid(step, &p->shape, 4);
}

const struct ti_kernel ti_l2_pool_2d_f32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_l2_pool_2d_f32_params),
};
