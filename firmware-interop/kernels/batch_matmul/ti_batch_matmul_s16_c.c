/* SPDX-License-Identifier: MIT */
#include "ti_batch_matmul.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_batch_matmul_s16_params *const p = params;
    const int32_t count = ti_batch_matmul_outputs(&p->shape);
    int16_t *const output = outputs[0];
    (void)scratch;

    for (int32_t o = 0; o < count; o++)
    {
        const struct ti_batch_matmul_at at = ti_batch_matmul_find(&p->shape, o);
        const int16_t *a = (const int16_t *)inputs[0] + at.a;
        const int16_t *b = (const int16_t *)inputs[1] + at.b;
        int64_t sum = 0;

        for (int32_t k = p->shape.depth; k > 0; k--)
        {
            sum += (int64_t)*a * *b;
            a += p->shape.a_depth;
            b += p->shape.b_depth;
        }
        output[o] = (int16_t)ti_clamp(ti_multiply_wide(sum, p->multiplier, p->shift), INT16_MIN, INT16_MAX);
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_batch_matmul_s16_params *const p = step->params;

    return ti_in_range(p->multiplier, 0, 0x7FFF) && ti_in_range(p->shift, 8, 46) &&
           ti_batch_matmul_valid(step, &p->shape, 2);
}

const struct ti_kernel ti_batch_matmul_s16 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_batch_matmul_s16_params),
};
