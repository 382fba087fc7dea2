/* SPDX-License-Identifier: MIT */
#include "ti_batch_matmul.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_batch_matmul_s8_params *const p = params;
    const int32_t count = ti_batch_matmul_outputs(&p->shape);
    int8_t *const output = outputs[0];
    (void)scratch;

    for (int32_t o = 0; o < count; o++)
    {
        const struct ti_batch_matmul_at at = ti_batch_matmul_find(&p->shape, o);
        const int8_t *a = (const int8_t *)inputs[0] + at.a;
        const int8_t *b = (const int8_t *)inputs[1] + at.b;
        int32_t sum = 0;

        for (int32_t k = p->shape.depth; k > 0; k--)
        {
            sum = ti_mac(sum, *a - p->a_zero_point, *b - p->b_zero_point);
            a += p->shape.a_depth;
            b += p->shape.b_depth;
        }
        output[o] = ti_requantize_s8(sum, p->multiplier, p->shift, p->zero_point, INT8_MIN, INT8_MAX);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_batch_matmul_s8_params *const p = step->params;

    return ti_in_range(p->a_zero_point, INT8_MIN, INT8_MAX) && ti_in_range(p->b_zero_point, INT8_MIN, INT8_MAX) &&
           ti_multiplier_valid(p->multiplier, p->shift) && ti_batch_matmul_valid(step, &p->shape, 1);
}

const struct ti_kernel ti_batch_matmul_s8 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_batch_matmul_s8_params),
};
