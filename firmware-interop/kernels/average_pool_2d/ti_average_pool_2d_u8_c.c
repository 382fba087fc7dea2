/* SPDX-License-Identifier: MIT */
#include "ti_average_pool_2d.h"

static void pixel(const void *params, const struct ti_pool_view *view, const void *input, void *output)
{
    const struct ti_average_pool_2d_u8_params *const p = params;
    uint8_t *const out = output;

    for (int32_t c = 0; c < view->depth; c++)
    {
        const int32_t count = view->rows * view->columns;
        int32_t sum = count / 2;

        for (int32_t y = 0; y < view->rows; y++)
        {
            const uint8_t *at = (const uint8_t *)input + c + y * view->row;

            for (int32_t x = view->columns; x > 0; x--)
            {
                sum += *at;
                at += view->depth;
            }
        }

        out[c] = (uint8_t)ti_clamp(sum / count, p->min, p->max);
    }
}

void ti_average_pool_2d_u8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_average_pool_2d_u8_params *const p = params;
    (void)scratch;

    ti_pool_run(&p->shape, 1, pixel, p, inputs[0], outputs[0]);
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_average_pool_2d_u8_params *const p = step->params;
    const uint64_t most_taps = INT32_MAX / 256; /* so that no sum overflows */

    return 0 <= p->min && p->min <= p->max && p->max <= UINT8_MAX &&
           ti_elements((const int32_t[]){p->shape.rows.in, p->shape.columns.in}, 2) <= most_taps &&
           ti_pool_valid(step, &p->shape, 1);
}

const struct ti_kernel ti_average_pool_2d_u8 = {
    .run = ti_average_pool_2d_u8_c,
    .check = check,
    .params_size = sizeof(struct ti_average_pool_2d_u8_params),
};
