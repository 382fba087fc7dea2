/* SPDX-License-Identifier: MIT */
#include "ti_average_pool_2d.h"

static void pixel(const void *params, const struct ti_pool_view *view, const void *input, void *output)
{
    const struct ti_average_pool_2d_s16_params *const p = params;
    int16_t *const out = output;

    for (int32_t c = 0; c < view->depth; c++)
    {
        const int32_t count = view->rows * view->columns;
        int32_t sum = 0;

        for (int32_t y = 0; y < view->rows; y++)
        {
            const int16_t *at = (const int16_t *)input + c + y * view->row;

            for (int32_t x = view->columns; x > 0; x--)
            {
                sum += *at;
                at += view->depth;
            }
        }

        const int32_t nearest = (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
        out[c] = (int16_t)ti_clamp(nearest, p->min, p->max);
    }
}

void ti_average_pool_2d_s16_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_average_pool_2d_s16_params *const p = params;
    (void)scratch;

    ti_pool_run(&p->shape, 2, pixel, p, inputs[0], outputs[0]);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_average_pool_2d_s16_params *const p = step->params;

    return ti_clamp_s16_valid(p->min, p->max) &&
           ti_elements((const int32_t[]){p->shape.rows.in, p->shape.columns.in}, 2) <=
               UINT16_MAX - 1 && /* no sum overflows */
           ti_pool_valid(step, &p->shape, 2);
}

const struct ti_kernel ti_average_pool_2d_s16 = {
    .run = ti_average_pool_2d_s16_c,
    .check = check,
    .params_size = sizeof(struct ti_average_pool_2d_s16_params),
};
