/* SPDX-License-Identifier: MIT */
#include "ti_reduce.h"

void ti_reduce_min_s8_c(const void *params, const void *const *inputs, void *const *outputs, void *scratch)
{
    const struct ti_reduce_min_s8_params *const p = params;
    const int32_t *const size = p->axes.reduced_size;
    const int32_t *const stride = p->axes.reduced_stride;
    const int32_t count = ti_reduce_outputs(&p->axes);
    const int8_t *const input = inputs[0];
    int8_t *const output = outputs[0];
    (void)scratch;

    for (int32_t o = 0; o < count; o++)
    {
        const int8_t *const first = input + ti_reduce_first(&p->axes, o);
        int32_t value = INT8_MAX;

        for (int32_t outer = 0; outer < size[0]; outer++)
        {
            for (int32_t middle = 0; middle < size[1]; middle++)
            {
                const int8_t *at = first + outer * stride[0] + middle * stride[1];

                for (int32_t inner = size[2]; inner > 0; inner--)
                {
                    value = *at < value ? *at : value;
                    at += stride[2];
                }
            }
        }
        output[o] = (int8_t)value;
    }
}

static bool check(const struct ti_step_view *step)
{
    const struct ti_reduce_min_s8_params *const p = step->params;

    return ti_reduction_valid(step, &p->axes, 1);
}

const struct ti_kernel ti_reduce_min_s8 = {
    .run = ti_reduce_min_s8_c,
    .check = check,
    .params_size = sizeof(struct ti_reduce_min_s8_params),
};
