/* SPDX-License-Identifier: MIT */
#include "ti_lce.h"

static void pixel(const void *params, const struct ti_pool_view *view, const void *input, void *output)
{
    uint32_t *const out = output;
    (void)params;

    for (int32_t c = 0; c < view->depth; c++)
    {
        uint32_t all = UINT32_MAX;

        for (int32_t y = 0; y < view->rows; y++)
        {
            const uint32_t *at = (const uint32_t *)input + c + y * view->row;

            for (int32_t x = view->columns; x > 0; x--)
            {
                all &= *at;
                at += view->depth;
            }
        }

        out[c] = all;
    }
}

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_lce_bmax_pool_2d_params *const p = params;
    (void)scratch;

    ti_pool_run(&p->shape, 4, pixel, p, inputs[0], outputs[0]);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_lce_bmax_pool_2d_params *const p = step->params;

    return ti_pool_valid(step, &p->shape, 4);
}

const struct ti_kernel ti_lce_bmax_pool_2d = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_lce_bmax_pool_2d_params),
};
