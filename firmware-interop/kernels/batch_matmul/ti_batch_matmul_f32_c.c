/* SPDX-License-Identifier: MIT */
#include "../common/ti_float.h"
#include "ti_batch_matmul.h"

static void run(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_batch_matmul_f32_params *const p = params;
    const int32_t count = ti_batch_matmul_outputs(&p->shape);
    float *const output = outputs[0];
    (void)scratch;

    for (int32_t o = 0; o < count; o++)
    {
        const struct ti_batch_matmul_at at = ti_batch_matmul_find(&p->shape, o);
        const float *a = (const float *)inputs[0] + at.a;
        const float *b = (const float *)inputs[1] + at.b;
        float sum = 0;

        for (int32_t k = p->shape.depth; k > 0; k--)
        {
            sum += *a * *b;
            a += p->shape.a_depth;
            b += p->shape.b_depth;
        }
        output[o] = sum;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_batch_matmul_f32_params *const p = step->params;

    return ti_batch_matmul_valid(step, &p->shape, 4);
}

const struct ti_kernel ti_batch_matmul_f32 = {
    .run = run,
    .check = check,
    .params_size = sizeof(struct ti_batch_matmul_f32_params),
};
